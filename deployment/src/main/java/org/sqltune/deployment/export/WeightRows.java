package org.sqltune.deployment.export;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.deployment.gguf.HalfFloats;
import org.sqltune.deployment.gguf.TensorRows;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.TensorInfo;

/** The weights of a model's folder, read from its safetensors row by row as single precision. For one thread at a time. */
final class WeightRows implements AutoCloseable {
    private final Path folder;
    private final Map<String, TensorInfo> tensors;
    private final Map<Path, FileChannel> files = new HashMap<>();

    private WeightRows(Path folder, Map<String, TensorInfo> tensors) {
        this.folder = folder;
        this.tensors = tensors;
    }

    /** @throws SqlTuneException if the folder has no weights, or they are damaged */
    static WeightRows ofModel(Path folder) {
        return new WeightRows(folder, TensorInfo.ofModelFolder(folder));
    }

    /**
     * A PEFT adapter's, by PEFT's names.
     *
     * @throws SqlTuneException if the folder has none, or they are damaged
     */
    static WeightRows ofAdapter(Path folder) {
        return new WeightRows(folder, PeftAdapterFiles.tensors(folder));
    }

    /**
     * A tensor's rows; a vector is one row.
     *
     * @throws SqlTuneException if there is none of that name and size, or of a type that isn't read
     */
    TensorRows rows(String name, int rows, int columns) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new SqlTuneException(folder + " has no tensor " + name
                    + ", which config.json calls for: check that weights and configuration belong together");
        }
        int bytes = info.type().bytes();
        if (info.end() - info.start() != (long) rows * columns * bytes) {
            throw new SqlTuneException(folder + ": tensor " + name + " hasn't the " + rows + " × " + columns
                    + " numbers that config.json calls for: check that weights and configuration belong together");
        }
        ByteBuffer buffer = ByteBuffer.allocate(columns * bytes).order(ByteOrder.LITTLE_ENDIAN);
        return (row, into) -> {
            read(info, info.start() + (long) row * columns * bytes, buffer.clear());
            convert(info, buffer.flip(), into);
        };
    }

    private void read(TensorInfo info, long position, ByteBuffer buffer) throws IOException {
        FileChannel channel = files.get(info.file());
        if (channel == null) {
            channel = FileChannel.open(info.file(), StandardOpenOption.READ);
            files.put(info.file(), channel);
        }
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException(info.file() + " ends within tensor " + info.name());
            }
        }
    }

    private static void convert(TensorInfo info, ByteBuffer bytes, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = switch (info.type()) {
                case FLOAT32 -> bytes.getFloat();
                case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                case FLOAT16 -> HalfFloats.toFloat(bytes.getShort());
                case UINT8, INT64 ->
                    throw new SqlTuneException(info.file() + ": tensor " + info.name() + " holds " + info.storedType()
                            + ", no weights: save the model as float32, float16 or bfloat16");
            };
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel each : files.values()) {
            each.close();
        }
    }
}
