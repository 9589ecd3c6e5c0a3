package org.sqltune.inference;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.sqltune.core.SqlTuneException;

/** Remembers which of a runtime's adapters answers. Safe for use by several threads. */
final class ChosenAdapter implements AdapterSwitch {
    private final Supplier<Set<String>> adapters;
    private volatile String active = BASE;

    /** @param adapters what there is to choose from, without the base */
    ChosenAdapter(Supplier<Set<String>> adapters) {
        this.adapters = adapters;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(adapters.get());
        names.add(BASE);
        return names;
    }

    @Override
    public String active() {
        return active;
    }

    @Override
    public void use(String name) {
        if (!names().contains(name)) {
            Set<String> loaded = adapters.get();
            throw new SqlTuneException("There is no adapter " + name + ": "
                    + (loaded.isEmpty() ? "none is loaded" : "loaded are " + loaded));
        }
        active = name;
    }
}
