package org.sqltune.deployment.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.deployment.gguf.GgufHead.TensorEntry;

/** Reads the head of a GGUF file and believes nothing of it that it can check. For one thread and one file. */
final class GgufReader {
    private static final int MAGIC = 0x46554747;
    private static final int MOST_AXES = 4;
    private static final int LONGEST_KEY = 65_535;
    /** Bytes that an entry of a key or a tensor takes at least. */
    private static final int LEAST_ENTRY = 12;

    private final GgufBytes in;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<TensorEntry> tensors = new ArrayList<>();

    private GgufReader(GgufBytes in) {
        this.in = in;
    }

    static GgufHead read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new GgufReader(new GgufBytes(channel)).head();
        } catch (GgufBytes.Damage e) {
            throw new SqlTuneException(
                    file + " is no whole GGUF file: " + e.getMessage() + ". Export or download it again", e);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e), e);
        }
    }

    private GgufHead head() throws IOException {
        if (in.size() < Integer.BYTES || in.int32() != MAGIC) {
            throw new GgufBytes.Damage("it doesn't begin with GGUF");
        }
        int version = in.int32();
        if (version != 2 && version != 3) {
            throw new GgufBytes.Damage("its version is " + Integer.toUnsignedString(version)
                    + ", where 2 and 3 are known (a file in big-endian order isn't read)");
        }
        long tensorCount = in.count(LEAST_ENTRY, "tensors");
        long keyCount = in.count(LEAST_ENTRY, "keys");
        for (long i = 0; i < keyCount; i++) {
            readKey();
        }
        Set<String> names = new HashSet<>();
        for (long i = 0; i < tensorCount; i++) {
            TensorEntry entry = readTensor();
            if (!names.add(entry.name())) {
                throw new GgufBytes.Damage("tensor " + entry.name() + " occurs twice");
            }
            tensors.add(entry);
        }
        long alignment = alignment();
        long start = (in.position() + alignment - 1) / alignment * alignment;
        checkPlaces(start, alignment);
        return new GgufHead(version, metadata, tensors, start, in.size());
    }

    private void readKey() throws IOException {
        String key = in.text(LONGEST_KEY);
        Object value = value(key, in.int32(), true);
        if (metadata.put(key, value) != null) {
            throw new GgufBytes.Damage("key " + key + " occurs twice");
        }
    }

    private Object value(String key, int kind, boolean arrays) throws IOException {
        return switch (kind) {
            case 0 -> (long) (in.int8() & 0xFF);
            case 1 -> (long) in.int8();
            case 2 -> (long) (in.int16() & 0xFFFF);
            case 3 -> (long) in.int16();
            case 4 -> Integer.toUnsignedLong(in.int32());
            case 5 -> (long) in.int32();
            case 6 -> (double) Float.intBitsToFloat(in.int32());
            case 7 -> flag(key);
            case 8 -> in.text(Integer.MAX_VALUE);
            case 9 -> {
                if (!arrays) {
                    throw new GgufBytes.Damage(
                            "key " + key + " is a list of lists, which llama.cpp doesn't read either");
                }
                yield list(key);
            }
            case 10, 11 -> in.int64();
            case 12 -> Double.longBitsToDouble(in.int64());
            default ->
                throw new GgufBytes.Damage(
                        "key " + key + " is of kind " + Integer.toUnsignedString(kind) + ", where 0 to 12 are known");
        };
    }

    private boolean flag(String key) throws IOException {
        int value = in.int8();
        if (value != 0 && value != 1) {
            throw new GgufBytes.Damage("key " + key + " is neither true nor false but " + value);
        }
        return value == 1;
    }

    private List<Object> list(String key) throws IOException {
        int kind = in.int32();
        long length = in.count(1, "values of " + key);
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            values.add(value(key, kind, false));
        }
        return values;
    }

    private TensorEntry readTensor() throws IOException {
        String name = in.text(LONGEST_KEY);
        int axisCount = in.int32();
        if (axisCount < 0 || axisCount > MOST_AXES) {
            throw new GgufBytes.Damage("tensor " + name + " has " + Integer.toUnsignedString(axisCount)
                    + " axes, where " + MOST_AXES + " are the most");
        }
        List<Long> axes = new ArrayList<>();
        long numbers = 1;
        for (int i = 0; i < axisCount; i++) {
            long axis = in.int64();
            numbers = axis < 1 ? -1 : numbers > Long.MAX_VALUE / 64 / axis ? -1 : numbers * axis;
            if (numbers < 0) {
                throw new GgufBytes.Damage(
                        "tensor " + name + " has an axis of " + Long.toUnsignedString(axis) + ", which can't be");
            }
            axes.add(axis);
        }
        int code = in.int32();
        Optional<GgufType> type = GgufType.ofCode(code);
        long row = axes.isEmpty() ? 1 : axes.get(0);
        if (type.isPresent() && !type.get().fits(row)) {
            throw new GgufBytes.Damage("tensor " + name + " has rows of " + row + " numbers, which are no blocks of "
                    + type.get().spelling());
        }
        String spelling = type.map(GgufType::spelling).orElse("type " + Integer.toUnsignedString(code));
        long bytes = numbers;
        return new TensorEntry(
                name,
                axes,
                spelling,
                in.int64(),
                type.map(each -> each.bytes(bytes)).orElse(-1L));
    }

    private long alignment() throws GgufBytes.Damage {
        Object alignment = metadata.getOrDefault("general.alignment", 32L);
        if (!(alignment instanceof Long number) || number < 1 || number > 1 << 20 || Long.bitCount(number) != 1) {
            throw new GgufBytes.Damage("general.alignment is " + alignment + ", no power of two up to a million");
        }
        return number;
    }

    /** Tensors lie one behind the other, aligned, and the last ends within the file. */
    private void checkPlaces(long start, long alignment) throws GgufBytes.Damage {
        List<TensorEntry> byPlace = new ArrayList<>(tensors);
        byPlace.sort(Comparator.comparingLong(TensorEntry::offset));
        long end = 0;
        for (TensorEntry entry : byPlace) {
            long offset = entry.offset();
            if (offset < 0 || offset % alignment != 0) {
                throw new GgufBytes.Damage("tensor " + entry.name() + " begins at " + Long.toUnsignedString(offset)
                        + ", no multiple of " + alignment);
            }
            if (offset < end) {
                throw new GgufBytes.Damage("tensor " + entry.name() + " begins within another");
            }
            end = offset + Math.max(0, entry.bytes());
            if (end < 0 || start + end < 0 || start + end > in.size()) {
                throw new GgufBytes.Damage(
                        "it ends at byte " + in.size() + ", within or before tensor " + entry.name());
            }
        }
    }
}
