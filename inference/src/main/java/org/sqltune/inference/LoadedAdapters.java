package org.sqltune.inference;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.sqltune.core.SqlTuneException;

/** A choice among the adapters over a loaded model. Safe for use by several threads, which share it. */
final class LoadedAdapters implements AdapterSwitch {
    private final Supplier<Set<String>> loaded;
    private volatile String active;

    /**
     * @param loaded the names of the adapters that are there now
     * @param active what answers at first
     */
    LoadedAdapters(Supplier<Set<String>> loaded, String active) {
        this.loaded = loaded;
        this.active = active;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(loaded.get());
        names.add(BASE);
        return names;
    }

    @Override
    public String active() {
        return active;
    }

    @Override
    public void use(String name) {
        Set<String> names = names();
        if (!names.contains(name)) {
            throw new SqlTuneException("There is no adapter " + name + ": choose from " + String.join(", ", names));
        }
        active = name;
    }
}
