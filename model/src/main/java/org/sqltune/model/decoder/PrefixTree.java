package org.sqltune.model.decoder;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Beginnings of texts whose keys and values are kept, as a tree: what beginnings have in common is there once. Looking one up
 * takes as long as it has tokens, however many there are. Texts of different adapters, or rotary frequencies, have nothing in
 * common. What wasn't used for the longest time leaves first, from the ends of the beginnings on; what is pinned stays. The tree
 * takes pages of a {@link KvPool} and no memory besides. For one thread at a time, together with its pool; another is refused.
 */
public final class PrefixTree {
    private final KvPool pool;
    private final Map<Family, PrefixNode> roots = new HashMap<>();
    private final TreeSet<PrefixNode> leaves = new TreeSet<>(Comparator.comparingLong(PrefixNode::used));
    /** What is pinned, the pin of the longest ago first. */
    private final Map<Pin, PrefixNode> pins = new LinkedHashMap<>();

    private long clock;
    private long queries;
    private long queriedTokens;
    private long hitTokens;
    private long keptTokens;
    private long pinnedTokens;
    private long evictions;
    private long evictedTokens;

    /** An empty one. */
    public PrefixTree(KvPool pool) {
        this.pool = pool;
    }

    /** What texts have in common that can share a beginning. */
    private record Family(TextAdapter adapter, int lengthClass) {}

    /** A beginning that was pinned; equal ones are pinned once. */
    private record Pin(TextAdapter adapter, LongBuffer ids) {
        static Pin of(TextAdapter adapter, long[] prefix) {
            return new Pin(adapter, LongBuffer.wrap(prefix.clone()));
        }
    }

    /** The nodes that a prompt leads through, and how many of its tokens they hold; the last node perhaps in part. */
    private record Path(List<PrefixNode> nodes, int tokens) {
        PrefixNode last() {
            return nodes.get(nodes.size() - 1);
        }

        /** How many tokens of the last node are the prompt's. */
        int ofLast() {
            int before = 0;
            for (int i = 0; i < nodes.size() - 1; i++) {
                before += nodes.get(i).length();
            }
            return tokens - before;
        }
    }

    /** How many of a prompt's first tokens are kept. */
    public int known(TextAdapter adapter, int lengthClass, long[] prompt) {
        return pool.guard().call(() -> path(adapter, lengthClass, prompt).tokens());
    }

    private Path path(TextAdapter adapter, int lengthClass, long[] prompt) {
        List<PrefixNode> nodes = new ArrayList<>();
        int tokens = 0;
        PrefixNode node = roots.get(new Family(adapter, lengthClass));
        while (node != null) {
            int common = node.common(prompt, tokens);
            nodes.add(node);
            tokens += common;
            boolean whole = common == node.length() && tokens < prompt.length;
            node = whole ? node.child(prompt[tokens]) : null;
        }
        return new Path(nodes, tokens);
    }

    /**
     * A text that begins as a prompt does, as far as that is kept, which counts as a use of it.
     *
     * @param lengthClass see {@link Decoder#lengthClass}, of the prompt's length
     * @param most tokens that it shares at most
     */
    public PagedText begin(TextAdapter adapter, int lengthClass, long[] prompt, int most) {
        return pool.guard().call(() -> {
            Path path = path(adapter, lengthClass, prompt);
            PagedText text = pool.newText(adapter);
            text.lengthClass(lengthClass);
            for (PrefixNode each : path.nodes()) {
                int tokens = Math.min(Math.min(each.length(), path.tokens() - text.length()), most - text.length());
                text.borrow(each.ids(), each.slots(), 0, tokens);
            }
            touch(path.nodes());
            return text;
        });
    }

    /** Counts a prompt that was begun with {@code hits} tokens of it. */
    public void count(int promptTokens, int hits) {
        pool.guard().run(() -> {
            queries++;
            queriedTokens += promptTokens;
            hitTokens += hits;
        });
    }

    private void touch(List<PrefixNode> nodes) {
        for (PrefixNode each : nodes) {
            boolean leaf = leaves.remove(each);
            each.used(++clock);
            if (leaf) {
                leaves.add(each);
            }
        }
    }

    /**
     * Keeps the first tokens of a text, which goes on by itself: it may be closed, and mustn't write their slots again.
     *
     * @param tokens at most the text's length
     */
    public void keep(PagedText text, int tokens) {
        pool.guard().run(() -> {
            if (tokens > 0) {
                text.shared(tokens);
                insert(text, Arrays.copyOf(text.ids(), tokens));
            }
        });
    }

    private void insert(PagedText text, long[] ids) {
        Family family = new Family(text.adapter(), text.lengthClass());
        roots.computeIfAbsent(family, key -> new PrefixNode(pool, null, new long[0], new int[0]));
        Path path = path(text.adapter(), text.lengthClass(), ids);
        touch(path.nodes());
        PrefixNode last = path.last();
        if (path.tokens() < ids.length) {
            splitAfter(last, path.ofLast());
            leaves.remove(last);
            int[] slots = text.slots(path.tokens(), ids.length);
            PrefixNode leaf = new PrefixNode(pool, last, Arrays.copyOfRange(ids, path.tokens(), ids.length), slots);
            leaf.used(++clock);
            leaves.add(leaf);
            keptTokens += leaf.length();
        }
    }

    /** Cuts a node behind some of its tokens, unless it ends there. */
    private void splitAfter(PrefixNode node, int tokens) {
        if (tokens == node.length()) {
            return;
        }
        boolean leaf = leaves.remove(node);
        PrefixNode rest = node.split(tokens);
        pins.replaceAll((pin, end) -> end == node ? rest : end);
        // The first half gets a time of its own, since no two nodes may have the same.
        node.used(++clock);
        if (leaf) {
            leaves.add(rest);
        }
    }

    /**
     * Drops what wasn't used for the longest time and isn't pinned: the end of a beginning. Its pages are free then, unless texts
     * have them.
     *
     * @return whether there was something
     */
    public boolean evict() {
        return pool.guard().call(() -> {
            for (PrefixNode each : leaves) {
                if (each.pins() == 0) {
                    drop(each);
                    return true;
                }
            }
            return false;
        });
    }

    private void drop(PrefixNode leaf) {
        leaves.remove(leaf);
        PrefixNode parent = leaf.parent();
        leaf.remove();
        keptTokens -= leaf.length();
        evictions++;
        evictedTokens += leaf.length();
        if (parent != null && parent.children().isEmpty() && parent.parent() != null) {
            leaves.add(parent);
        }
    }

    /**
     * Keeps a beginning until {@link #unpin}, or {@link #unpinOldest}.
     *
     * @return whether all of it is there to be kept; nothing is pinned otherwise
     */
    public boolean pin(TextAdapter adapter, int lengthClass, long[] prefix) {
        return pool.guard().call(() -> {
            Path path = path(adapter, lengthClass, prefix);
            if (prefix.length == 0 || path.tokens() < prefix.length) {
                return false;
            }
            Pin pin = Pin.of(adapter, prefix);
            if (!pins.containsKey(pin)) {
                splitAfter(path.last(), path.ofLast());
                path.last().pin(1);
                pins.put(pin, path.last());
                countPinned();
            }
            return true;
        });
    }

    /**
     * Lets a beginning leave again as others do.
     *
     * @return whether it was pinned
     */
    public boolean unpin(TextAdapter adapter, long[] prefix) {
        return pool.guard().call(() -> unpin(Pin.of(adapter, prefix)));
    }

    private boolean unpin(Pin pin) {
        PrefixNode node = pins.remove(pin);
        if (node != null) {
            node.pin(-1);
            countPinned();
        }
        return node != null;
    }

    /**
     * Lets the beginning leave that was pinned first, where nothing else makes room.
     *
     * @return whether one was pinned
     */
    public boolean unpinOldest() {
        return pool.guard()
                .call(() -> !pins.isEmpty() && unpin(pins.keySet().iterator().next()));
    }

    /** Pages that {@link #evict} would free, called often enough: those that neither texts nor pinned beginnings have. */
    public int evictablePages() {
        return pool.guard().call(() -> {
            Map<Integer, Integer> shares = new HashMap<>();
            Set<PrefixNode> pinned = pinnedNodes();
            for (PrefixNode root : roots.values()) {
                eachBelow(root, node -> {
                    if (!pinned.contains(node)) {
                        node.eachPage(page -> shares.merge(page, 1, Integer::sum));
                    }
                });
            }
            return (int) shares.entrySet().stream()
                    .filter(page -> pool.owners(page.getKey()) == page.getValue())
                    .count();
        });
    }

    private Set<PrefixNode> pinnedNodes() {
        Set<PrefixNode> nodes = new LinkedHashSet<>();
        for (PrefixNode end : pins.values()) {
            for (@Nullable PrefixNode node = end; node != null; node = node.parent()) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private void countPinned() {
        pinnedTokens = pinnedNodes().stream().mapToLong(PrefixNode::length).sum();
    }

    /** Forgets all that was computed with an adapter, pinned or not. */
    public void forget(TextAdapter adapter) {
        pool.guard().run(() -> {
            pins.keySet().removeIf(pin -> pin.adapter() == adapter);
            countPinned();
            List<Family> families = roots.keySet().stream()
                    .filter(family -> family.adapter() == adapter)
                    .toList();
            for (Family each : families) {
                PrefixNode root = roots.remove(each);
                if (root != null) {
                    removeAll(root);
                }
            }
        });
    }

    /** Forgets everything, pinned or not. */
    public void clear() {
        pool.guard().run(() -> {
            pins.clear();
            countPinned();
            roots.values().forEach(this::removeAll);
            roots.clear();
        });
    }

    private void removeAll(PrefixNode root) {
        eachBelow(root, node -> {
            leaves.remove(node);
            keptTokens -= node.length();
            node.eachPage(pool::release);
        });
    }

    /** A node and all below it. */
    private static void eachBelow(PrefixNode root, Consumer<PrefixNode> use) {
        List<PrefixNode> left = new ArrayList<>(List.of(root));
        while (!left.isEmpty()) {
            PrefixNode node = left.remove(left.size() - 1);
            left.addAll(node.children());
            use.accept(node);
        }
    }

    /** What it holds now and how it was used. */
    public PrefixStatistics statistics() {
        return pool.guard()
                .call(() -> new PrefixStatistics(
                        queries, queriedTokens, hitTokens, keptTokens, pinnedTokens, evictions, evictedTokens));
    }
}
