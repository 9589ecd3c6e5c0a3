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
 * range of numbers, and a set of numbers says which of them are wanted. Never changes for its users: nodes find their children
 * when they are first asked, as most of a large schema's are never asked. Safe for use by several threads.
 */
public final class NameTrie {
    private static final int[] NONE = {};

    private final List<String> names = new ArrayList<>();
    private final List<byte[]> spellings = new ArrayList<>();
    private final Map<String, int[]> numbers = new HashMap<>();
    private final Node root;

    /** @param namesBySpelling the name, as names are compared, of each spelling */
    public NameTrie(Map<String, String> namesBySpelling) {
        TreeMap<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
        namesBySpelling.forEach((spelling, name) -> sorted.put(spelling.getBytes(StandardCharsets.UTF_8), name));
        sorted.forEach((spelling, name) -> {
            numbers.merge(name, new int[] {spellings.size()}, NameTrie::joined);
            spellings.add(spelling);
            names.add(name);
        });
        root = new Node(this, 0, spellings.size(), 0);
    }

    private static int[] joined(int[] some, int... more) {
        int[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    /** The children of a node and the bytes that lead to them. */
    private record Children(byte[] keys, Node[] nodes) {}

    /** A place in the tree. */
    public static final class Node {
        private final NameTrie trie;
        private final int low;
        private final int high;
        private final int depth;
        private final boolean whole;
        /** Found by several threads at once at worst, all of them the same. */
        private @Nullable Children children;

        private Node(NameTrie trie, int low, int high, int depth) {
            this.trie = trie;
            this.low = low;
            this.high = high;
            this.depth = depth;
            this.whole = low < high && trie.spellings.get(low).length == depth;
        }

        @Nullable
        public Node child(byte next) {
            Children known = children;
            if (known == null) {
                known = find();
                children = known;
            }
            for (int i = 0; i < known.keys().length; i++) {
                if (known.keys()[i] == next) {
                    return known.nodes()[i];
                }
            }
            return null;
        }

        private Children find() {
            List<Node> nodes = new ArrayList<>();
            byte[] keys = new byte[Math.min(256, high - low)];
            int at = whole ? low + 1 : low;
            while (at < high) {
                byte key = trie.spellings.get(at)[depth];
                int end = at + 1;
                while (end < high && trie.spellings.get(end)[depth] == key) {
                    end++;
                }
                keys[nodes.size()] = key;
                nodes.add(new Node(trie, at, end, depth + 1));
                at = end;
            }
            return new Children(Arrays.copyOf(keys, nodes.size()), nodes.toArray(Node[]::new));
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

    public Node root() {
        return root;
    }

    /** The numbers of these names' spellings; names that aren't here are left out. */
    public BitSet select(Collection<String> wanted) {
        BitSet selected = new BitSet(spellings.size());
        for (String name : wanted) {
            for (int number : numbers.getOrDefault(name, NONE)) {
                selected.set(number);
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
