package org.sqltune.inference;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.sqltune.model.lora.AdapterSet;

/**
 * The adapters over a loaded model.
 *
 * @param turn held while they are asked or switched
 */
record LoadedAdapters(AdapterSet adapters, Lock turn) implements AdapterSwitch {
    @Override
    public Set<String> names() {
        turn.lock();
        try {
            Set<String> names = new LinkedHashSet<>(adapters.names());
            names.add(BASE);
            return names;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String active() {
        turn.lock();
        try {
            return adapters.active().orElse(BASE);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void use(String name) {
        turn.lock();
        try {
            if (name.equals(BASE)) {
                adapters.activateBase();
            } else {
                adapters.activate(name);
            }
        } finally {
            turn.unlock();
        }
    }
}
