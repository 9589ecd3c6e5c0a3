package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Allows some sequences of tokens and nothing else. */
final class TrieConstraint implements TokenConstraint {
    private final boolean forces;
    private final boolean endsSoon;
    private Node at;

    private TrieConstraint(Node at, boolean forces, boolean endsSoon) {
        this.at = at;
        this.forces = forces;
        this.endsSoon = endsSoon;
    }

    /** @param sequences what may be generated; an empty one lets the text end at once */
    static TrieConstraint of(List<long[]> sequences) {
        Node root = new Node();
        for (long[] sequence : sequences) {
            Node node = root;
            for (long id : sequence) {
                node = node.children.computeIfAbsent((int) id, key -> new Node());
            }
            node.whole = true;
        }
        return new TrieConstraint(root, true, false);
    }

    /** Leads somewhere where nothing follows and the text isn't whole. */
    static TrieConstraint deadEndBehind(long... sequence) {
        TrieConstraint constraint = of(List.of(sequence));
        Node node = constraint.at;
        for (long id : sequence) {
            node = node.children.get((int) id);
        }
        node.whole = false;
        return constraint;
    }

    /** The same, which never says that tokens are forced. */
    TrieConstraint withoutForcing() {
        return new TrieConstraint(at, false, endsSoon);
    }

    /** The same, which knows how a text ends. */
    TrieConstraint endingSoon() {
        return new TrieConstraint(at, forces, true);
    }

    private static final class Node {
        private final TreeMap<Integer, Node> children = new TreeMap<>();
        private boolean whole;

        private int shortest() {
            if (whole) {
                return 0;
            }
            int least =
                    children.values().stream().mapToInt(Node::shortest).min().orElse(0);
            return 1 + least;
        }
    }

    @Override
    public long[] allowed(int tokensLeft) {
        long[] mask = new long[8];
        at.children.forEach((id, child) -> {
            if (child.shortest() <= tokensLeft - 1) {
                mask[id / 64] |= 1L << id % 64;
            }
        });
        return mask;
    }

    @Override
    public boolean mayEnd() {
        return at.whole;
    }

    @Override
    public void advance(int token) {
        Node next = at.children.get(token);
        if (next == null) {
            throw new IllegalArgumentException("token " + token + " isn't allowed");
        }
        at = next;
    }

    @Override
    public int[] forced() {
        List<Integer> tokens = new ArrayList<>();
        Node node = at;
        while (forces && !node.whole && node.children.size() == 1) {
            tokens.add(node.children.firstKey());
            node = node.children.firstEntry().getValue();
        }
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    /** By way of the lowest ids. */
    @Override
    public int[] ending() {
        List<Integer> tokens = new ArrayList<>();
        for (Node node = at;
                endsSoon && !node.whole && !node.children.isEmpty();
                node = node.children.firstEntry().getValue()) {
            tokens.add(node.children.firstKey());
        }
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public TokenConstraint copy() {
        return new TrieConstraint(at, forces, endsSoon);
    }

    @Override
    public String toString() {
        return "TrieConstraint" + Arrays.toString(forced());
    }
}
