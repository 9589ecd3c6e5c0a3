package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

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
    private final PrefixPins pins = new PrefixPins();

    private long clock;
    private long queries;
    private long queriedTokens;
    private long hitTokens;
    private long keptTokens;
    private long evictions;
    private long evictedTokens;

    /** An empty one. */
    public PrefixTree(KvPool pool) {
        this.pool = pool;
    }

    /** What texts have in common that can share a beginning. */
    private record Family(TextAdapter adapter, int lengthClass) {}

    /** How many of a prompt's first tokens are kept. */
    public int known(TextAdapter adapter, int lengthClass, long[] prompt) {
        return pool.guard().call(() -> path(adapter, lengthClass, prompt).tokens());
    }

    private PrefixNode.Path path(TextAdapter adapter, int lengthClass, long[] prompt) {
        return PrefixNode.Path.of(roots.get(new Family(adapter, lengthClass)), prompt);
    }

    /**
     * A text that begins as a prompt does, as far as that is kept, which counts as a use of it.
     *
     * @param lengthClass see {@link Decoder#lengthClass}, of the prompt's length
     * @param most tokens that it shares at most
     */
    public PagedText begin(TextAdapter adapter, int lengthClass, long[] prompt, int most) {
        return pool.guard().call(() -> {
            PrefixNode.Path path = path(adapter, lengthClass, prompt);
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
        PrefixNode.Path path = path(text.adapter(), text.lengthClass(), ids);
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
        pins.moved(node, rest);
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
            PrefixNode.Path path = path(adapter, lengthClass, prefix);
            if (prefix.length == 0 || path.tokens() < prefix.length) {
                return false;
            }
            if (!pins.contains(adapter, prefix)) {
                splitAfter(path.last(), path.ofLast());
                pins.add(adapter, prefix, path.last());
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
        return pool.guard().call(() -> pins.remove(adapter, prefix));
    }

    /**
     * Lets the beginning leave that was pinned first, where nothing else makes room.
     *
     * @return whether one was pinned
     */
    public boolean unpinOldest() {
        return pool.guard().call(pins::removeOldest);
    }

    /** Pages that {@link #evict} would free, called often enough: those that neither texts nor pinned beginnings have. */
    public int evictablePages() {
        return pool.guard().call(() -> {
            Map<Integer, Integer> shares = new HashMap<>();
            Set<PrefixNode> pinned = pins.nodes();
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

    /** Forgets all that was computed with an adapter, pinned or not. */
    public void forget(TextAdapter adapter) {
        pool.guard().run(() -> {
            pins.forget(adapter);
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
                        queries, queriedTokens, hitTokens, keptTokens, pins.tokens(), evictions, evictedTokens));
    }
}
