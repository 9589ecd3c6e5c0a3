package org.sqltune.deployment.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The keys and values at the head of a file, in the order in which they are put. For one thread at a time. */
public final class GgufMetadata {
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int count;

    /** Puts a whole number from 0. */
    public GgufMetadata put(String key, int value) {
        begin(key, UINT32);
        append(value);
        return this;
    }

    /** Puts a number of single precision. */
    public GgufMetadata put(String key, float value) {
        begin(key, FLOAT32);
        append(Float.floatToRawIntBits(value));
        return this;
    }

    /** Puts a yes or no. */
    public GgufMetadata put(String key, boolean value) {
        begin(key, BOOL);
        bytes.write(value ? 1 : 0);
        return this;
    }

    /** Puts a text, as UTF-8. */
    public GgufMetadata put(String key, String value) {
        begin(key, STRING);
        append(value);
        return this;
    }

    /** Puts a list of texts. */
    public GgufMetadata put(String key, List<String> values) {
        beginArray(key, STRING, values.size());
        values.forEach(this::append);
        return this;
    }

    /** Puts a list of whole numbers. */
    public GgufMetadata put(String key, int... values) {
        beginArray(key, INT32, values.length);
        for (int value : values) {
            append(value);
        }
        return this;
    }

    /** Puts a list of numbers of single precision. */
    public GgufMetadata put(String key, float... values) {
        beginArray(key, FLOAT32, values.length);
        for (float value : values) {
            append(Float.floatToRawIntBits(value));
        }
        return this;
    }

    /** How many keys there are. */
    int count() {
        return count;
    }

    /** All of it as it stands in a file. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void beginArray(String key, int type, int length) {
        begin(key, ARRAY);
        append(type);
        append((long) length);
    }

    private void begin(String key, int type) {
        count++;
        append(key);
        append(type);
    }

    private void append(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        append((long) utf8.length);
        bytes.writeBytes(utf8);
    }

    private void append(int value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void append(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }
}
