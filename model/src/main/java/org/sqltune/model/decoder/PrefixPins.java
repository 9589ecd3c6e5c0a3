package org.sqltune.model.decoder;

import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The beginnings of a {@link PrefixTree} that are kept whatever happens. Not thread-safe. */
final class PrefixPins {
    /** The node at the end of each, the one that was pinned first in front. */
    private final Map<Pin, PrefixNode> ends = new LinkedHashMap<>();

    private long tokens;

    /** A beginning that was pinned; equal ones are pinned once. */
    private record Pin(TextAdapter adapter, LongBuffer ids) {
        static Pin of(TextAdapter adapter, long[] prefix) {
            return new Pin(adapter, LongBuffer.wrap(prefix.clone()));
        }
    }

    boolean contains(TextAdapter adapter, long[] prefix) {
        return ends.containsKey(Pin.of(adapter, prefix));
    }

    /** Pins one. @param end where it ends, no token later */
    void add(TextAdapter adapter, long[] prefix, PrefixNode end) {
        end.pin(1);
        ends.put(Pin.of(adapter, prefix), end);
        count();
    }

    /** Whether there was one. */
    boolean remove(TextAdapter adapter, long[] prefix) {
        return remove(Pin.of(adapter, prefix));
    }

    /** Whether there was one. */
    boolean removeOldest() {
        return !ends.isEmpty() && remove(ends.keySet().iterator().next());
    }

    private boolean remove(Pin pin) {
        PrefixNode end = ends.remove(pin);
        if (end != null) {
            end.pin(-1);
            count();
        }
        return end != null;
    }

    /** Those that ended with a node end with another, which holds its last tokens now. */
    void moved(PrefixNode node, PrefixNode rest) {
        ends.replaceAll((pin, end) -> end == node ? rest : end);
    }

    /** Forgets an adapter's, whose nodes are gone. */
    void forget(TextAdapter adapter) {
        ends.keySet().removeIf(pin -> pin.adapter() == adapter);
        count();
    }

    /** Forgets all, whose nodes are gone. */
    void clear() {
        ends.clear();
        count();
    }

    private void count() {
        tokens = nodes().stream().mapToLong(PrefixNode::length).sum();
    }

    /** The nodes that a pinned beginning leads through. */
    Set<PrefixNode> nodes() {
        Set<PrefixNode> nodes = new LinkedHashSet<>();
        for (PrefixNode end : ends.values()) {
            for (@Nullable PrefixNode node = end; node != null; node = node.parent()) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /** How many tokens they hold. */
    long tokens() {
        return tokens;
    }
}
