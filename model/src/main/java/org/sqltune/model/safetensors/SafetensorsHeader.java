package org.sqltune.model.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileKind;
import org.sqltune.core.text.Failures;
import org.sqltune.core.text.PrintableText;

/**
 * Reads and checks the header of a safetensors file: 8 bytes of length, then JSON from name to type, shape and place, then
 * the tensors' bytes, one tensor right behind the other and nothing else
 * (https://huggingface.co/docs/safetensors/index#format). What the reference refuses is refused.
 */
final class SafetensorsHeader {
    /** The reference's limit. */
    private static final long LARGEST_HEADER = 100_000_000;

    private SafetensorsHeader() {}

    /**
     * Every tensor of a file by name, in the header's order.
     *
     * @throws SqlTuneException if the file is missing, cut off or not a safetensors file
     */
    static Map<String, TensorInfo> read(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new SqlTuneException(file + " is no file but a folder or a device. Check the model's folder");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long headerLength = size < 8 ? -1 : readFully(channel, 0, 8).getLong();
            if (headerLength < 2 || headerLength > LARGEST_HEADER) {
                String other = FileKind.unless(FileKind.ZIP, file); // torch.save writes zip archives, too.
                if (!other.isEmpty()) {
                    throw new SqlTuneException(file + other);
                }
                throw notSafetensors(file, size, headerLength);
            }
            long dataStart = 8 + headerLength;
            if (dataStart > size) {
                throw truncated(file, dataStart, size);
            }
            byte[] header = readFully(channel, 8, (int) headerLength).array();
            List<TensorInfo> tensors = HeaderParser.parse(file, header, dataStart);
            checkPlaces(file, tensors, dataStart, size);
            return byName(tensors);
        } catch (JsonProcessingException e) {
            throw damaged(file, Failures.reason(e), e);
        } catch (CharacterCodingException e) {
            throw damaged(file, "it is not UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new SqlTuneException("There is no file " + file + ". Check the model's folder", e);
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read " + file + ": " + Failures.reason(e) + ". Check the disk and the permissions", e);
        }
    }

    private static Map<String, TensorInfo> byName(List<TensorInfo> tensors) {
        Map<String, TensorInfo> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        return Collections.unmodifiableMap(byName);
    }

    /** Each tensor begins where the one before it ends, the first where the header ends, and the last ends the file. */
    private static void checkPlaces(Path file, List<TensorInfo> tensors, long dataStart, long size) {
        List<TensorInfo> inOrder = new ArrayList<>(tensors);
        inOrder.sort(Comparator.comparingLong(TensorInfo::start).thenComparingLong(TensorInfo::end));
        long end = dataStart;
        for (TensorInfo tensor : inOrder) {
            end = Math.max(end, tensor.end());
        }
        if (end > size) {
            throw truncated(file, end, size);
        }
        end = dataStart;
        TensorInfo before = null;
        for (TensorInfo tensor : inOrder) {
            if (tensor.start() != end) {
                throw misplaced(file, tensor, before, dataStart);
            }
            end = tensor.end();
            before = tensor;
        }
        if (end < size) {
            throw new SqlTuneException(
                    file + " has " + (size - end) + " bytes behind its last tensor. Download or save it again");
        }
    }

    private static SqlTuneException misplaced(
            Path file, TensorInfo tensor, @Nullable TensorInfo before, long dataStart) {
        String neighbour = before == null
                ? "the data's beginning at 0"
                : "the end of " + PrintableText.clipped(before.name()) + " at " + (before.end() - dataStart);
        boolean overlaps = before != null && tensor.start() < before.end();
        return new SqlTuneException(file + ": tensor " + PrintableText.clipped(tensor.name()) + " begins at "
                + (tensor.start() - dataStart) + ", " + (overlaps ? "before " : "not at ") + neighbour
                + ": tensors must "
                + (overlaps ? "not overlap" : "follow one another without holes")
                + ". Download or save the file again");
    }

    private static SqlTuneException notSafetensors(Path file, long size, long headerLength) {
        String why = size == 0
                ? "it is empty"
                : size < 8 ? "it has " + size + " bytes" : "its header length reads " + headerLength;
        return new SqlTuneException(file + " is not a safetensors file: " + why + ". Download or save it again");
    }

    private static SqlTuneException damaged(Path file, String why, IOException cause) {
        return new SqlTuneException(file + " has a damaged header (" + why + "). Download or save it again", cause);
    }

    static SqlTuneException truncated(Path file, long expected, long size) {
        return new SqlTuneException(file + " is cut off: it should have " + expected + " bytes but has " + size
                + ". Download or copy it again");
    }

    private static ByteBuffer readFully(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("it ended while it was read");
            }
        }
        return buffer.flip();
    }
}
