package org.sqltune.inference.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.tokenizer.TokenBytes;

/** Tokens as a tree of their bytes. Never changes. */
final class TokenTrie {
    private static final int[] NONE = {};

    private final Node root = new Node((byte) 0);

    /** A place in the tree. */
    static final class Node {
        private final byte label;
        private final List<Node> children = new ArrayList<>(0);
        private int[] tokens = NONE;

        private Node(byte label) {
            this.label = label;
        }

        /** The byte that leads here. */
        byte label() {
            return label;
        }

        List<Node> children() {
            return children;
        }

        /** The tokens that end here: more than one where a tokenizer has the same bytes twice. */
        int[] tokens() {
            return tokens;
        }

        private @Nullable Node child(byte next) {
            for (Node child : children) {
                if (child.label == next) {
                    return child;
                }
            }
            return null;
        }
    }

    TokenTrie(TokenBytes tokens, Predicate<byte[]> wanted) {
        for (int id = 0; id < tokens.size(); id++) {
            byte[] bytes = tokens.bytes(id);
            if (bytes != null && wanted.test(bytes)) {
                add(bytes, id);
            }
        }
    }

    private void add(byte[] bytes, int id) {
        Node at = root;
        for (byte each : bytes) {
            Node child = at.child(each);
            if (child == null) {
                child = new Node(each);
                at.children.add(child);
            }
            at = child;
        }
        at.tokens = Arrays.copyOf(at.tokens, at.tokens.length + 1);
        at.tokens[at.tokens.length - 1] = id;
    }

    Node root() {
        return root;
    }

    /**
     * The tokens of a text, the longest first that fits at each place.
     *
     * @return null if a byte of it is in no token
     */
    int @Nullable [] longestFirst(byte[] text) {
        int[] tokens = new int[text.length];
        int count = 0;
        int from = 0;
        while (from < text.length) {
            int token = -1;
            int end = from;
            Node at = root;
            for (int i = from; i < text.length; i++) {
                Node child = at.child(text[i]);
                if (child == null) {
                    break;
                }
                at = child;
                if (at.tokens.length > 0) {
                    token = at.tokens[0];
                    end = i + 1;
                }
            }
            if (token < 0) {
                return null;
            }
            tokens[count++] = token;
            from = end;
        }
        return Arrays.copyOf(tokens, count);
    }
}
