package org.sqltune.core.sql.recognizer.name;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Spellings of names, as a tree of their bytes. Spellings are numbered in the order of their bytes, so all below a node are a
 * range of numbers, and a set of numbers says which of them are wanted. Never changes.
 */
public final class NameTrie {
    private final List<String> names = new ArrayList<>();
    private final List<byte[]> spellings = new ArrayList<>();
    private final Map<String, BitSet> numbers = new HashMap<>();
    private final Node root;

    /** @param namesBySpelling the name, as names are compared, of each spelling */
    public NameTrie(Map<String, String> namesBySpelling) {
        TreeMap<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
        namesBySpelling.forEach((spelling, name) -> sorted.put(spelling.getBytes(StandardCharsets.UTF_8), name));
        sorted.forEach((spelling, name) -> {
            numbers.computeIfAbsent(name, each -> new BitSet()).set(spellings.size());
            spellings.add(spelling);
            names.add(name);
        });
        root = node(0, spellings.size(), 0);
    }

    /** A place in the tree. */
    public static final class Node {
        private final byte[] keys;
        private final Node[] children;
        private final int low;
        private final int high;
        private final int depth;
        private final boolean whole;

        private Node(byte[] keys, Node[] children, int low, int high, int depth, boolean whole) {
            this.keys = keys;
            this.children = children;
            this.low = low;
            this.high = high;
            this.depth = depth;
            this.whole = whole;
        }

        @Nullable
        public Node child(byte next) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] == next) {
                    return children[i];
                }
            }
            return null;
        }

        /** Whether a wanted spelling lies here or below. */
        public boolean leadsTo(BitSet wanted) {
            int next = wanted.nextSetBit(low);
            return next >= 0 && next < high;
        }

        /** Whether a wanted spelling ends here. */
        public boolean ends(BitSet wanted) {
            return whole && wanted.get(low);
        }
    }

    private Node node(int low, int high, int depth) {
        boolean whole = low < high && spellings.get(low).length == depth;
        List<Node> children = new ArrayList<>();
        byte[] keys = new byte[Math.min(256, high - low)];
        int at = whole ? low + 1 : low;
        while (at < high) {
            byte key = spellings.get(at)[depth];
            int end = at + 1;
            while (end < high && spellings.get(end)[depth] == key) {
                end++;
            }
            keys[children.size()] = key;
            children.add(node(at, end, depth + 1));
            at = end;
        }
        return new Node(Arrays.copyOf(keys, children.size()), children.toArray(Node[]::new), low, high, depth, whole);
    }

    public Node root() {
        return root;
    }

    /** The numbers of these names' spellings; names that aren't here are left out. */
    public BitSet select(Collection<String> wanted) {
        BitSet selected = new BitSet(spellings.size());
        for (String name : wanted) {
            BitSet own = numbers.get(name);
            if (own != null) {
                selected.or(own);
            }
        }
        return selected;
    }

    /** The numbers of the spellings that have a character of ASCII. */
    public BitSet having(char wanted) {
        BitSet having = new BitSet(spellings.size());
        for (int i = 0; i < spellings.size(); i++) {
            for (byte each : spellings.get(i)) {
                if (each == wanted) {
                    having.set(i);
                }
            }
        }
        return having;
    }

    /** All spellings, in the order of their numbers; not to be changed. */
    public List<byte[]> spellings() {
        return spellings;
    }

    /** The numbers of all spellings. */
    public BitSet all() {
        BitSet all = new BitSet(spellings.size());
        all.set(0, spellings.size());
        return all;
    }

    /** The name whose spelling ends at the node. */
    public String name(Node end) {
        return names.get(end.low);
    }

    /** What is missing behind the node to the wanted spellings below it, the shortest first. */
    public List<byte[]> rests(Node node, BitSet wanted, int most) {
        List<byte[]> rests = new ArrayList<>();
        for (int i = wanted.nextSetBit(node.low); i >= 0 && i < node.high; i = wanted.nextSetBit(i + 1)) {
            byte[] spelling = spellings.get(i);
            rests.add(Arrays.copyOfRange(spelling, node.depth, spelling.length));
        }
        rests.sort((one, other) -> Integer.compare(one.length, other.length));
        return rests.size() > most ? rests.subList(0, most) : rests;
    }
}
