package org.sqltune.deployment.gguf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.progress.ProgressListener;

/** Writes GGUF files, version 3, little endian, aligned at 32 bytes. */
public final class GgufWriter {
    private static final int MAGIC = 0x46554747;
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int BUFFER = 1 << 20;
    /** Numbers that are encoded at once: 16 MB of them. */
    private static final int BATCH_NUMBERS = 1 << 22;

    private GgufWriter() {}

    /**
     * Writes a file, which is there only once it is whole. Each tensor's numbers are asked for when their turn comes.
     *
     * @param progress counts tensors
     * @throws SqlTuneException if it can't be written, or a number is none
     */
    public static void write(Path file, GgufMetadata metadata, List<GgufTensor> tensors, ProgressListener progress) {
        AtomicFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            byte[] head = head(metadata, tensors);
            buffered.write(head);
            pad(buffered, head.length);
            for (int i = 0; i < tensors.size(); i++) {
                write(buffered, tensors.get(i));
                progress.advanced(i + 1, tensors.size(), "");
            }
            buffered.flush();
        });
    }

    private static byte[] head(GgufMetadata metadata, List<GgufTensor> tensors) {
        byte[] keys = metadata.bytes();
        int size = 24 + keys.length;
        for (GgufTensor tensor : tensors) {
            size += Long.BYTES
                    + utf8(tensor.name()).length
                    + Integer.BYTES
                    + 2 * Long.BYTES
                    + Integer.BYTES
                    + Long.BYTES;
        }
        ByteBuffer head = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(MAGIC).putInt(VERSION).putLong(tensors.size()).putLong(metadata.count());
        head.put(keys);
        long offset = 0;
        for (GgufTensor tensor : tensors) {
            byte[] name = utf8(tensor.name());
            head.putLong(name.length).put(name);
            if (tensor.vector()) {
                head.putInt(1).putLong(tensor.columns());
            } else {
                // The innermost axis comes first.
                head.putInt(2).putLong(tensor.columns()).putLong(tensor.rows());
            }
            head.putInt(tensor.type().code()).putLong(offset);
            offset += tensor.bytes() + padding(tensor.bytes());
        }
        byte[] bytes = new byte[head.position()];
        head.flip().get(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads some rows, encodes them on all processors, writes them: a batch of them is in memory. */
    private static void write(OutputStream out, GgufTensor tensor) throws IOException {
        int rowBytes = tensor.type().rowBytes(tensor.columns());
        int batch = Math.max(1, Math.min(tensor.rows(), BATCH_NUMBERS / tensor.columns()));
        float[][] numbers = new float[batch][tensor.columns()];
        byte[] bytes = new byte[Math.multiplyExact(batch, rowBytes)];
        for (int first = 0; first < tensor.rows(); first += batch) {
            int count = Math.min(batch, tensor.rows() - first);
            for (int i = 0; i < count; i++) {
                tensor.numbers().read(first + i, numbers[i]);
                requireFinite(tensor, numbers[i]);
            }
            IntStream.range(0, count).parallel().forEach(i -> {
                ByteBuffer row = ByteBuffer.wrap(bytes, i * rowBytes, rowBytes).order(ByteOrder.LITTLE_ENDIAN);
                RowEncoder.encode(tensor.type(), numbers[i], row);
            });
            out.write(bytes, 0, count * rowBytes);
        }
        pad(out, tensor.bytes());
    }

    private static void requireFinite(GgufTensor tensor, float[] row) {
        for (float value : row) {
            if (!Float.isFinite(value)) {
                throw new SqlTuneException("Tensor " + tensor.name() + " holds " + value
                        + ", which is no number: check the weights that it comes from");
            }
        }
        if (tensor.type() == GgufType.F16) {
            for (float value : row) {
                if (Math.abs(value) >= HalfFloats.TOO_LARGE) {
                    throw new SqlTuneException("Tensor " + tensor.name() + " holds " + value
                            + ", which half precision can't: write the file as bf16 or f32");
                }
            }
        }
    }

    private static void pad(OutputStream out, long written) throws IOException {
        out.write(new byte[(int) padding(written)]);
    }

    private static long padding(long bytes) {
        return (ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT;
    }
}
