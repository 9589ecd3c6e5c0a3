package org.sqltune.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.json.JsonObjects;

/**
 * The bytes that each token of a tokenizer stands for: of byte-level BPE, where a character stands for a byte, and of
 * SentencePiece, where {@code ▁} stands for a space and {@code <0x0A>} for a byte. Never changes.
 */
public final class TokenBytes {
    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

    private final byte[] @Nullable [] bytes;

    private TokenBytes(byte[] @Nullable [] bytes) {
        this.bytes = bytes;
    }

    /** Of each token by its id; null where a token is no part of texts. For tests and tools. */
    public static TokenBytes of(byte[] @Nullable [] bytes) {
        return new TokenBytes(bytes.clone());
    }

    /**
     * Reads a tokenizer's own file.
     *
     * @param tokenizerFile {@code tokenizer.json}
     * @param vocabSize rows of the model's embedding; tokens behind them are left out
     */
    public static TokenBytes read(Path tokenizerFile, int vocabSize) {
        JsonNode file = JsonObjects.readStrictly(tokenizerFile);
        boolean byteLevel = mentions(file.path("decoder"), "ByteLevel");
        byte[] @Nullable [] bytes = new byte[vocabSize][];
        JsonNode pieces = file.path("model").path("vocab");
        if (pieces.isObject()) {
            pieces.properties().forEach(entry -> put(bytes, entry.getValue().asInt(-1), entry.getKey(), byteLevel));
        } else {
            for (int id = 0; id < pieces.size(); id++) {
                put(bytes, id, pieces.path(id).path(0).asText(), byteLevel);
            }
        }
        for (JsonNode added : file.path("added_tokens")) {
            int id = added.path("id").asInt(-1);
            if (id >= 0 && id < vocabSize) {
                boolean special = added.path("special").asBoolean();
                bytes[id] = special ? null : added.path("content").asText().getBytes(StandardCharsets.UTF_8);
            }
        }
        return new TokenBytes(bytes);
    }

    private static boolean mentions(JsonNode node, String type) {
        if (node.path("type").asText().equals(type)) {
            return true;
        }
        for (JsonNode child : node.path("decoders")) {
            if (mentions(child, type)) {
                return true;
            }
        }
        return false;
    }

    private static void put(byte[] @Nullable [] bytes, int id, String piece, boolean byteLevel) {
        if (id >= 0 && id < bytes.length) {
            bytes[id] = byteLevel ? ofByteLevel(piece) : ofSentencePiece(piece);
        }
    }

    private static byte[] ofSentencePiece(String piece) {
        Matcher fallback = BYTE.matcher(piece);
        if (fallback.matches()) {
            return new byte[] {(byte) Integer.parseInt(fallback.group(1), 16)};
        }
        return piece.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
    }

    /** GPT-2's characters: printable ones are themselves, the others are numbered from 256 on. */
    private static byte @Nullable [] ofByteLevel(String piece) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < piece.length(); i++) {
            int value = byteOf(piece.charAt(i));
            if (value < 0) {
                return null;
            }
            bytes.write(value);
        }
        return bytes.toByteArray();
    }

    private static int byteOf(char c) {
        if (isItself(c)) {
            return c;
        }
        int number = c - 256;
        for (int value = 0; value < 256; value++) {
            if (!isItself(value) && number-- == 0) {
                return value;
            }
        }
        return -1;
    }

    private static boolean isItself(int c) {
        return (c >= '!' && c <= '~') || (c >= 0xa1 && c <= 0xac) || (c >= 0xae && c <= 0xff);
    }

    /** How many ids there are. */
    public int size() {
        return bytes.length;
    }

    /** What a token stands for, not to be changed; null if it is no part of texts, or nothing. */
    public byte @Nullable [] bytes(int id) {
        byte[] own = bytes[id];
        return own == null || own.length == 0 ? null : own;
    }
}
