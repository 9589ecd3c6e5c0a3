package org.sqltune.inference.engine;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.TextAdapter;
import org.sqltune.model.lora.AdapterSet;

/** An engine's adapters: those that requests may name, and those that leave. Used under the engine's lock. */
final class EngineAdapters {
    private final AdapterSet adapters;
    private final Consumer<TextAdapter> forget;
    private final Set<String> leaving = new LinkedHashSet<>();

    /**
     * @param adapters none of them stays attached to the decoder: each text has its own
     * @param forget called before an adapter is freed
     */
    EngineAdapters(AdapterSet adapters, Consumer<TextAdapter> forget) {
        this.adapters = adapters;
        this.forget = forget;
        adapters.activateBase();
    }

    /** What requests may name. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(adapters.names());
        names.removeAll(leaving);
        return names;
    }

    /** What a request is computed with. */
    TextAdapter of(Optional<String> name) {
        return name.map(adapters::forTexts).orElse(TextAdapter.NONE);
    }

    /** @throws SqlTuneException if requests can't name it */
    void require(String name) {
        Set<String> names = names();
        if (!names.contains(name)) {
            throw new SqlTuneException("There is no adapter " + name + ": "
                    + (names.isEmpty() ? "none is loaded" : "loaded are " + names));
        }
    }

    void add(String name, Path folder) {
        adapters.add(name, folder);
    }

    /** From now on no request may name it. */
    void leave(String name) {
        require(name);
        leaving.add(name);
    }

    /** Frees one that is leaving and that no request has any more. */
    void remove(String name) {
        leaving.remove(name);
        forget.accept(adapters.forTexts(name));
        adapters.remove(name);
    }
}
