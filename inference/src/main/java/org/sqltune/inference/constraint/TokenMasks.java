package org.sqltune.inference.constraint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.QueryRecognizer;
import org.sqltune.model.tokenizer.TokenBytes;

/**
 * Makes the masks of one tokenizer: a walk through the tree of its tokens, as far as the recogniser goes along. Inside a text
 * nearly all tokens may follow, so these are known before and only those with a quote are walked. Safe for several threads.
 */
final class TokenMasks {
    private final TokenBytes tokens;
    private final TokenTrie trie;
    private final TokenTrie withQuote;
    private final long[] quoting;
    private final long[] plain;

    TokenMasks(TokenBytes tokens) {
        this.tokens = tokens;
        this.trie = new TokenTrie(tokens, bytes -> true);
        this.withQuote = new TokenTrie(tokens, TokenMasks::hasQuote);
        this.plain = new long[(tokens.size() + 63) / 64];
        this.quoting = new long[plain.length];
        for (int id = 0; id < tokens.size(); id++) {
            byte[] bytes = tokens.bytes(id);
            if (bytes != null) {
                plain[id >> 6] |= isPlain(bytes) ? 1L << id : 0;
                quoting[id >> 6] |= hasQuote(bytes) ? 1L << id : 0;
            }
        }
    }

    /** Whether a token has a single quote. */
    static boolean hasQuote(byte... bytes) {
        for (byte each : bytes) {
            if (each == '\'') {
                return true;
            }
        }
        return false;
    }

    /** Whether a token stays inside a text in single quotes. */
    private static boolean isPlain(byte... bytes) {
        for (byte each : bytes) {
            if (each == '\'' || (each >= 0 && each < ' ' && each != '\t')) {
                return false;
            }
        }
        return true;
    }

    /** No token. */
    long[] none() {
        return new long[plain.length];
    }

    /** Those of a mask that have a single quote. */
    TokenMask withQuote(TokenMask mask) {
        long[] words = mask.words().clone();
        for (int i = 0; i < words.length; i++) {
            words[i] &= quoting[i];
        }
        return new TokenMask(words);
    }

    byte @Nullable [] bytes(int token) {
        return token < 0 || token >= tokens.size() ? null : tokens.bytes(token);
    }

    /** The tokens of a text, the fewest that are found quickly; null if the tokenizer can't spell it. */
    int @Nullable [] spelled(byte[] text) {
        return trie.longestFirst(text);
    }

    TokenMask mask(QueryRecognizer place) {
        long[] words = place.isInString() ? plain.clone() : new long[plain.length];
        walk((place.isInString() ? withQuote : trie).root(), place, words);
        return new TokenMask(words);
    }

    private static void walk(TokenTrie.Node node, QueryRecognizer place, long[] words) {
        for (TokenTrie.Node child : node.children()) {
            QueryRecognizer next = place.next(child.label());
            if (next != null) {
                for (int token : child.tokens()) {
                    words[token >> 6] |= 1L << token;
                }
                if (!child.children().isEmpty()) {
                    walk(child, next, words);
                }
            }
        }
    }

    /** A cache of masks that forgets those that weren't asked for the longest. Safe for several threads. */
    static final class Cache {
        private final int most;
        private final Map<QueryRecognizer, TokenMask> masks;

        Cache(int most) {
            this.most = most;
            this.masks = new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<QueryRecognizer, TokenMask> eldest) {
                    return size() > Cache.this.most;
                }
            };
        }

        synchronized @Nullable TokenMask get(QueryRecognizer place) {
            return masks.get(place);
        }

        synchronized void put(QueryRecognizer place, TokenMask mask) {
            masks.put(place.asKey(), mask);
        }
    }
}
