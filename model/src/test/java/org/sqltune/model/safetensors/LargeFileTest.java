package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** Files beyond 2 GiB, written sparsely: they take a few blocks of the disk. */
class LargeFileTest {
    /** 2.5 GiB. */
    private static final long FILLING = 5L << 29;

    @TempDir
    private Path folder;

    @Test
    void tensorsBeyondTwoGibibytesAreMappedWhereTheyLie() throws IOException {
        Path file = folder.resolve("large.safetensors");
        writeSparsely(file);
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope();
                SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertThat(reader.read(scope, "far", ElementType.FLOAT32, 2, 2).toFloats())
                    .containsExactly(1, 2, 3, 4);
            Tensor converted = reader.read(scope, "far", ElementType.BFLOAT16, 2, 2);
            assertThat(torch.cast(scope, converted, ElementType.FLOAT32).toFloats())
                    .containsExactly(1, 2, 3, 4);
            Tensor filling = reader.read(scope, "filling", ElementType.UINT8, FILLING);
            assertThat(filling.count()).isEqualTo(FILLING);
            assertThat(torch.rawBytes(filling, FILLING - 2, FILLING)).containsExactly(0, 7);
        } finally {
            Files.delete(file);
        }
    }

    private static void writeSparsely(Path file) throws IOException {
        String json = "{\"filling\":{\"dtype\":\"U8\",\"shape\":[" + FILLING + "],\"data_offsets\":[0," + FILLING
                + "]},\"far\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[" + FILLING + "," + (FILLING + 16)
                + "]}}";
        String padded = json + " ".repeat((8 - json.length() % 8) % 8);
        byte[] header = padded.getBytes(StandardCharsets.US_ASCII);
        long far = 8 + header.length + FILLING;
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(far + 16);
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            out.seek(far - 1);
            out.write(7);
            out.write(RawFile.floats(1, 2, 3, 4));
        }
    }
}
