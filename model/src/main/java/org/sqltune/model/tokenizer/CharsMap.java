package org.sqltune.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Checks a {@code precompiled_charsmap} of SentencePiece: a length, a double-array trie of so many bytes, and the texts
 * that its leaves point into, each ended by a zero (normalizer.cc of SentencePiece; the trie is Darts-clone's). The
 * library that uses it trusts all of this.
 */
final class CharsMap {
    private static final int LARGEST = 16 << 20;

    private CharsMap() {}

    /** What is wrong with it, as the end of a sentence; null if nothing is. An empty one maps nothing. */
    static @Nullable String fault(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return "is not base64";
        }
        ByteBuffer map = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length > LARGEST) {
            return "has " + bytes.length + " bytes, more than " + LARGEST;
        }
        int size = bytes.length < 4 ? -1 : map.getInt();
        if (size < 4 || size % 4 != 0 || size > bytes.length - 4) {
            return "is cut off";
        }
        int[] units = new int[size / 4];
        map.asIntBuffer().get(units);
        byte[] texts = new byte[bytes.length - 4 - size];
        map.position(4 + size).get(texts);
        try {
            CharBuffer ignored = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
            return ignored.length() <= texts.length && leadsInside(units, texts) ? null : "leads out of itself";
        } catch (CharacterCodingException e) {
            return "has texts that are not UTF-8";
        }
    }

    /** Whether every node that some text reaches lies in the trie, and every leaf points to the beginning of a character. */
    private static boolean leadsInside(int[] units, byte... texts) {
        BitSet seen = new BitSet(units.length);
        Deque<Integer> open = new ArrayDeque<>();
        open.push(offset(units[0]));
        while (!open.isEmpty()) {
            int base = open.pop();
            for (int label = 1; label < 256; label++) {
                int node = base ^ label;
                if (node < 0 || node >= units.length) {
                    return false;
                }
                int unit = units[node];
                if ((unit & 0x800000FF) == label && !seen.get(node)) {
                    seen.set(node);
                    int next = node ^ offset(unit);
                    if (next < 0 || next >= units.length || (isLeaf(unit) && !isText(units[next], texts))) {
                        return false;
                    }
                    open.push(next);
                }
            }
        }
        return true;
    }

    private static boolean isText(int unit, byte... texts) {
        int start = unit & 0x7FFFFFFF;
        return start <= texts.length && (start == texts.length || (texts[start] & 0xC0) != 0x80);
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
    }

    private static boolean isLeaf(int unit) {
        return (unit >>> 8 & 1) == 1;
    }
}
