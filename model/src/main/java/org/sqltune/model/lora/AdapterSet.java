package org.sqltune.model.lora;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.thread.OneThread;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TextAdapter;

/**
 * Several adapters over one base, all in memory. At most one is attached to the decoder ({@link #activate}); a {@code
 * BatchGenerator} needs none attached, since each of its texts may have its own ({@link #forTexts}). For one thread at a time;
 * another is refused.
 *
 * <pre>{@code
 * try (AdapterSet adapters = new AdapterSet(model.decoder(), "models/tinyllama")) {
 *     adapters.add("sales", Path.of("outputs/sales/final_model"));
 *     adapters.add("stock", Path.of("outputs/stock/final_model"));
 *     adapters.activate("sales");
 * }
 * }</pre>
 */
public final class AdapterSet implements AutoCloseable {
    private final OneThread guard = new OneThread("An AdapterSet", "let one thread switch adapters");
    private final Decoder decoder;
    private final String model;
    private final Map<String, LoraAdapter> adapters = new LinkedHashMap<>();
    private @Nullable String active;

    /**
     * An empty set.
     *
     * @param decoder the base, without an adapter of its own; it must live longer
     * @param model what it is called, for errors
     */
    public AdapterSet(Decoder decoder, String model) {
        this.decoder = decoder;
        this.model = model;
    }

    /**
     * Loads an adapter, without using it yet.
     *
     * @param name what it is called from now on
     * @param folder PEFT's files
     * @throws SqlTuneException if the name is taken, or the adapter doesn't load; the set is as before then
     */
    public void add(String name, Path folder) {
        guard.run(() -> load(name, folder));
    }

    private void load(String name, Path folder) {
        if (adapters.containsKey(name)) {
            throw new SqlTuneException("There is an adapter " + name + " already: remove it, or choose another name");
        }
        adapters.put(name, PeftAdapterFiles.load(folder, decoder, model));
    }

    /**
     * Computes with an adapter from now on, in place of the one before.
     *
     * @throws SqlTuneException if there is none of that name; the one before stays in use then
     */
    public void activate(String name) {
        guard.run(() -> {
            LoraAdapter wanted = find(name);
            if (!name.equals(active)) {
                activateBase();
                wanted.attach();
                active = name;
            }
        });
    }

    /**
     * An adapter for texts that are computed beside those of others; which one is in use doesn't matter to them, as long as
     * it is the base.
     *
     * @throws SqlTuneException if there is none of that name
     */
    public TextAdapter forTexts(String name) {
        return guard.call(() -> find(name).forTexts(name));
    }

    /** Computes with the base alone from now on. */
    public void activateBase() {
        guard.run(() -> {
            if (active != null) {
                find(active).detach();
                active = null;
            }
        });
    }

    /**
     * Frees an adapter. If it was in use, the base is from now on.
     *
     * @throws SqlTuneException if there is none of that name
     */
    public void remove(String name) {
        guard.run(() -> {
            LoraAdapter unwanted = find(name);
            if (name.equals(active)) {
                activateBase();
            }
            adapters.remove(name);
            unwanted.close();
        });
    }

    private LoraAdapter find(String name) {
        LoraAdapter found = adapters.get(name);
        if (found == null) {
            throw new SqlTuneException("There is no adapter " + name
                    + (adapters.isEmpty()
                            ? ": add one first"
                            : ": choose from " + String.join(", ", adapters.keySet())));
        }
        return found;
    }

    /** The adapters' names, in the order in which they were added. */
    public Set<String> names() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(adapters.keySet()));
    }

    /** The adapter in use; empty for the base alone. */
    public Optional<String> active() {
        return Optional.ofNullable(active);
    }

    /** Goes back to the base and frees every adapter. */
    @Override
    public void close() {
        guard.run(() -> {
            activateBase();
            adapters.values().forEach(LoraAdapter::close);
            adapters.clear();
        });
    }
}
