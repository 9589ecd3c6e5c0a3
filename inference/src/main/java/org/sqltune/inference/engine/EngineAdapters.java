package org.sqltune.inference.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.lora.AdapterSet;

/**
 * An engine's adapters. Changes are queued by any thread and made by the engine's, between two tokens. Used under the
 * engine's lock.
 */
final class EngineAdapters {
    private final AdapterSet adapters;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> leaving = new LinkedHashSet<>();

    EngineAdapters(AdapterSet adapters) {
        this.adapters = adapters;
    }

    /** A change that waits for its turn. */
    record Change(BooleanSupplier ready, Runnable queued, Runnable action, CompletableFuture<Void> done) {
        /** Waits until it is made; gives its failure on. */
        void await() {
            try {
                done.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof SqlTuneException known ? known : e;
            }
        }
    }

    Change addition(String name, Path folder) {
        return new Change(() -> true, () -> {}, () -> adapters.add(name, folder), new CompletableFuture<>());
    }

    /** @param idle whether no request for it is left */
    Change removal(String name, BooleanSupplier idle) {
        Runnable queued = () -> {
            if (!names().contains(name)) {
                throw new SqlTuneException("There is no adapter " + name + ": loaded are " + names());
            }
            leaving.add(name);
        };
        Runnable action = () -> {
            leaving.remove(name);
            adapters.remove(name);
        };
        return new Change(idle, queued, action, new CompletableFuture<>());
    }

    void queue(Change change) {
        change.queued().run();
        changes.add(change);
    }

    boolean pending() {
        return changes.stream().anyMatch(each -> each.ready().getAsBoolean());
    }

    void applyChanges() {
        for (Change each : List.copyOf(changes)) {
            if (each.ready().getAsBoolean()) {
                changes.remove(each);
                try {
                    each.action().run();
                    each.done().complete(null);
                } catch (RuntimeException e) {
                    each.done().completeExceptionally(e);
                }
            }
        }
    }

    void failChanges(SqlTuneException cause) {
        changes.forEach(each -> each.done().completeExceptionally(cause));
        changes.clear();
    }

    /** What requests may name. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(adapters.names());
        names.removeAll(leaving);
        return names;
    }

    boolean contains(String name) {
        return names().contains(name);
    }

    boolean inUse(Optional<String> adapter) {
        return adapters.active().equals(adapter);
    }

    void use(Optional<String> adapter) {
        adapter.ifPresentOrElse(adapters::activate, adapters::activateBase);
    }
}
