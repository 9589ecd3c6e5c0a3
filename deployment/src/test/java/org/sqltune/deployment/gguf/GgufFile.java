package org.sqltune.deployment.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a GGUF file by the format's description, for tests to look into. */
public final class GgufFile {
    private final ByteBuffer bytes;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> tensors = new LinkedHashMap<>();
    private final int data;

    /** Where a tensor lies: axes innermost first. */
    public record Entry(List<Long> axes, int type, long offset) {}

    public GgufFile(Path file) throws IOException {
        bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt() != 0x46554747 || bytes.getInt() != 3) {
            throw new IOException("no GGUF of version 3");
        }
        long count = bytes.getLong();
        long keys = bytes.getLong();
        for (long i = 0; i < keys; i++) {
            metadata.put(text(), value(bytes.getInt()));
        }
        for (long i = 0; i < count; i++) {
            String name = text();
            List<Long> axes = new ArrayList<>();
            int number = bytes.getInt();
            for (int axis = 0; axis < number; axis++) {
                axes.add(bytes.getLong());
            }
            tensors.put(name, new Entry(axes, bytes.getInt(), bytes.getLong()));
        }
        data = (bytes.position() + 31) / 32 * 32;
    }

    public Map<String, Object> metadata() {
        return metadata;
    }

    public Map<String, Entry> tensors() {
        return tensors;
    }

    public int size() {
        return bytes.capacity();
    }

    public int data() {
        return data;
    }

    /** A tensor's numbers, dequantised. */
    public float[] numbers(String name) {
        Entry entry = tensors.get(name);
        int count = Math.toIntExact(entry.axes().stream().reduce(1L, Math::multiplyExact));
        float[] numbers = new float[count];
        bytes.position(Math.toIntExact(data + entry.offset()));
        switch (entry.type()) {
            case 0 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = bytes.getFloat();
                }
            }
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = HalfFloats.toFloat(bytes.getShort());
                }
            }
            case 30 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = Float.intBitsToFloat(bytes.getShort() << 16);
                }
            }
            case 8 -> {
                for (int block = 0; block < count; block += 32) {
                    float scale = HalfFloats.toFloat(bytes.getShort());
                    for (int i = 0; i < 32; i++) {
                        numbers[block + i] = scale * bytes.get();
                    }
                }
            }
            case 2 -> {
                for (int block = 0; block < count; block += 32) {
                    float scale = HalfFloats.toFloat(bytes.getShort());
                    for (int i = 0; i < 16; i++) {
                        int both = bytes.get();
                        numbers[block + i] = scale * ((both & 15) - 8);
                        numbers[block + i + 16] = scale * ((both >> 4 & 15) - 8);
                    }
                }
            }
            default -> throw new IllegalStateException("type " + entry.type());
        }
        return numbers;
    }

    private String text() {
        byte[] utf8 = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private Object value(int type) throws IOException {
        return switch (type) {
            case 4, 5 -> bytes.getInt();
            case 6 -> bytes.getFloat();
            case 7 -> bytes.get() != 0;
            case 8 -> text();
            case 9 -> {
                int inner = bytes.getInt();
                long length = bytes.getLong();
                List<Object> values = new ArrayList<>();
                for (long i = 0; i < length; i++) {
                    values.add(value(inner));
                }
                yield values;
            }
            default -> throw new IOException("type " + type);
        };
    }
}
