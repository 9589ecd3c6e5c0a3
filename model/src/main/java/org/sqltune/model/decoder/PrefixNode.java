package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some tokens of beginnings in a {@link PrefixTree}, behind those of the nodes above: what several beginnings have in common
 * up to where they part, or the rest of one. It has its share of the pages that its tokens' slots lie in.
 */
final class PrefixNode {
    private final KvPool pool;
    private final Map<Long, PrefixNode> children = new HashMap<>();
    private @Nullable PrefixNode parent;
    private long[] ids;
    private int[] slots;
    private int pins;
    private long used;

    /** Takes its share of the pages. */
    PrefixNode(KvPool pool, @Nullable PrefixNode parent, long[] ids, int[] slots) {
        this.pool = pool;
        this.parent = parent;
        this.ids = ids;
        this.slots = slots;
        eachPage(slots, pool::share);
        if (parent != null) {
            parent.children.put(ids[0], this);
        }
    }

    /** The first token's page, and each that differs from the one before. */
    private static void eachPage(int[] slots, PageUse use) {
        int last = -1;
        for (int slot : slots) {
            int page = slot / KvPool.PAGE;
            if (page != last) {
                use.page(page);
                last = page;
            }
        }
    }

    /** What is done with a page. */
    @FunctionalInterface
    interface PageUse {
        void page(int page);
    }

    void eachPage(PageUse use) {
        eachPage(slots, use);
    }

    @Nullable
    PrefixNode child(long id) {
        return children.get(id);
    }

    Collection<PrefixNode> children() {
        return children.values();
    }

    @Nullable
    PrefixNode parent() {
        return parent;
    }

    /** Tokens of this node alone. */
    int length() {
        return ids.length;
    }

    long[] ids() {
        return ids;
    }

    int[] slots() {
        return slots;
    }

    /** How many of its tokens are those from {@code from} on. */
    int common(long[] tokens, int from) {
        int mismatch = Arrays.mismatch(ids, 0, ids.length, tokens, from, tokens.length);
        return mismatch < 0 ? Math.min(ids.length, tokens.length - from) : mismatch;
    }

    /** Keeps the first tokens alone and hands the others, with the children and pins, to a new node below. */
    PrefixNode split(int tokens) {
        Map<Long, PrefixNode> below = new HashMap<>(children);
        children.clear();
        PrefixNode rest = new PrefixNode(
                pool,
                this,
                Arrays.copyOfRange(ids, tokens, ids.length),
                Arrays.copyOfRange(slots, tokens, slots.length));
        below.forEach((id, child) -> {
            child.parent = rest;
            rest.children.put(id, child);
        });
        rest.pins = pins;
        rest.used = used;
        pins = 0;
        int[] before = slots;
        ids = Arrays.copyOf(ids, tokens);
        slots = Arrays.copyOf(slots, tokens);
        eachPage(slots, pool::share);
        eachPage(before, pool::release);
        return rest;
    }

    /** Leaves the node above and gives its share of the pages back. */
    void remove() {
        if (parent != null) {
            parent.children.remove(ids[0]);
            parent = null;
        }
        eachPage(slots, pool::release);
    }

    int pins() {
        return pins;
    }

    void pin(int more) {
        pins += more;
    }

    /** When it was last used, as the tree counts. */
    long used() {
        return used;
    }

    void used(long when) {
        used = when;
    }

    /**
     * Where a prompt leads in a {@link PrefixTree}.
     *
     * @param nodes those that hold its first tokens, from the root on
     * @param tokens how many of its tokens they hold; the last node may hold others behind them
     */
    record Path(List<PrefixNode> nodes, int tokens) {
        /** @param root null where nothing of its kind is kept */
        static Path of(@Nullable PrefixNode root, long[] prompt) {
            List<PrefixNode> nodes = new ArrayList<>();
            int tokens = 0;
            PrefixNode node = root;
            while (node != null) {
                int common = node.common(prompt, tokens);
                nodes.add(node);
                tokens += common;
                boolean whole = common == node.length() && tokens < prompt.length;
                node = whole ? node.child(prompt[tokens]) : null;
            }
            return new Path(nodes, tokens);
        }

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
}
