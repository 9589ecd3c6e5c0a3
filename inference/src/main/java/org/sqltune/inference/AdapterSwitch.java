package org.sqltune.inference;

import java.util.Set;
import org.sqltune.core.SqlTuneException;

/** Which of several adapters over one base answers. Switching loads nothing. */
public interface AdapterSwitch {
    /** What the base without an adapter is called. */
    String BASE = "base";

    /** The base alone. */
    AdapterSwitch NONE = new AdapterSwitch() {
        @Override
        public Set<String> names() {
            return Set.of(BASE);
        }

        @Override
        public String active() {
            return BASE;
        }

        @Override
        public void use(String name) {
            if (!name.equals(BASE)) {
                throw new SqlTuneException("There is no adapter " + name + ": none is loaded");
            }
        }
    };

    /** What there is to choose from, {@link #BASE} included. */
    Set<String> names();

    /** What answers now. */
    String active();

    /**
     * From now on answers with an adapter, or with {@link #BASE}.
     *
     * @throws SqlTuneException if there is none of that name; what answered before goes on then
     */
    void use(String name);
}
