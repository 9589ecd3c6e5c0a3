package org.sqltune.inference;

import java.util.LinkedHashSet;
import java.util.Set;
import org.sqltune.model.lora.AdapterSet;

/** The adapters over a loaded model. */
record LoadedAdapters(AdapterSet adapters) implements AdapterSwitch {
    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(adapters.names());
        names.add(BASE);
        return names;
    }

    @Override
    public String active() {
        return adapters.active().orElse(BASE);
    }

    @Override
    public void use(String name) {
        if (name.equals(BASE)) {
            adapters.activateBase();
        } else {
            adapters.activate(name);
        }
    }
}
