package org.sqltune.model.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.json.JsonObjects;
import org.sqltune.model.torch.ElementType;

/** Reads and checks the header of a safetensors file: 8 bytes of length, then JSON from name to type, shape and place. */
final class SafetensorsHeader {
    private static final long LARGEST_HEADER = 100_000_000;

    private SafetensorsHeader() {}

    /**
     * Every tensor of a file by name, in the file's order.
     *
     * @throws SqlTuneException if the file is missing, cut off or not a safetensors file
     */
    static Map<String, TensorInfo> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long headerLength = size < 8 ? -1 : readFully(channel, 0, 8).getLong();
            if (headerLength < 2 || headerLength > LARGEST_HEADER) {
                throw new SqlTuneException(file + " is not a safetensors file: its header length reads " + headerLength
                        + ". Download or save it again");
            }
            long dataStart = 8 + headerLength;
            if (dataStart > size) {
                throw truncated(file, dataStart, size);
            }
            ByteBuffer header = readFully(channel, 8, (int) headerLength);
            return parse(file, JsonObjects.parse(header.array()), dataStart, size);
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(
                    file + " has a damaged header (" + e.getOriginalMessage() + "). Download or save it again", e);
        } catch (NoSuchFileException e) {
            throw new SqlTuneException("There is no file " + file + ". Check the model's folder", e);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e, e);
        }
    }

    private static Map<String, TensorInfo> parse(Path file, JsonNode header, long dataStart, long size) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        long furthest = dataStart;
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                TensorInfo info = tensor(file, entry.getKey(), entry.getValue(), dataStart);
                tensors.put(info.name(), info);
                furthest = Math.max(furthest, info.end());
            }
        }
        if (furthest > size) {
            throw truncated(file, furthest, size);
        }
        return Collections.unmodifiableMap(tensors);
    }

    private static TensorInfo tensor(Path file, String name, JsonNode node, long dataStart) {
        if (!node.isObject()) {
            throw new SqlTuneException(file + " has a damaged header (tensor " + name + " is described by " + node
                    + "). Download or save it again");
        }
        ElementType type = elementType(file, name, node.path("dtype").asText());
        try {
            long[] shape = numbers(node.path("shape"));
            long[] place = numbers(node.path("data_offsets"));
            if (place.length == 2 && Math.subtractExact(place[1], place[0]) == byteCount(type, shape)) {
                return new TensorInfo(
                        name, type, shape, file, dataStart + place[0], Math.addExact(dataStart, place[1]));
            }
        } catch (ArithmeticException e) {
            // Such numbers fit no file: told below.
        }
        throw new SqlTuneException(file + ": tensor " + name + " of shape " + node.path("shape") + " and type "
                + type.safetensorsName() + " can't lie at " + node.path("data_offsets")
                + ". Download or save the file again");
    }

    /** Whole numbers from 0; something else counts as too large. */
    private static long[] numbers(JsonNode array) {
        long[] numbers = new long[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = array.path(i);
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
                throw new ArithmeticException(number + " is no size");
            }
            numbers[i] = number.asLong();
        }
        return numbers;
    }

    private static long byteCount(ElementType type, long... shape) {
        long bytes = type.bytes();
        for (long axis : shape) {
            bytes = Math.multiplyExact(bytes, axis);
        }
        return bytes;
    }

    private static ElementType elementType(Path file, String name, String dtype) {
        for (ElementType type : ElementType.values()) {
            if (type.safetensorsName().equals(dtype)) {
                return type;
            }
        }
        throw new SqlTuneException(file + ": tensor " + name + " has element type " + dtype
                + ", which is not supported. Save the model as float32, float16 or bfloat16");
    }

    private static SqlTuneException truncated(Path file, long expected, long size) {
        return new SqlTuneException(file + " is cut off: it should have " + expected + " bytes but has " + size
                + ". Download or copy it again");
    }

    private static ByteBuffer readFully(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.flip();
    }
}
