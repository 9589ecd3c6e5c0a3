package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;

/** A weight is in memory once: as pages of its file, or as a copy, never both. Linux tells which pages are files'. */
@EnabledOnOs(OS.LINUX)
class ResidentMemoryTest {
    private static final long ELEMENTS = 1 << 24;
    private static final long SLICE = 1 << 20;
    private static final long SLACK = 8_000_000;

    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void whatIsConvertedLeavesNoPagesOfItsFileBehind() throws IOException {
        assertThat(pagesOfTheFile("F32", ElementType.FLOAT32, ElementType.BFLOAT16, false))
                .isLessThan(SLACK);
    }

    @Test
    void whatIsCopiedForItsAlignmentLeavesNoneEither() throws IOException {
        assertThat(pagesOfTheFile("BF16", ElementType.BFLOAT16, ElementType.BFLOAT16, true))
                .isLessThan(SLACK);
    }

    @Test
    void whatIsMappedIsPagesOfItsFile() throws IOException {
        assertThat(pagesOfTheFile("BF16", ElementType.BFLOAT16, ElementType.BFLOAT16, false))
                .isGreaterThan(ELEMENTS * ElementType.BFLOAT16.bytes() - SLACK);
    }

    /** By how much the process's resident pages of files grow while a tensor is read and used. */
    private long pagesOfTheFile(String dtype, ElementType stored, ElementType wanted, boolean odd) throws IOException {
        Path file = zeros(dtype, ELEMENTS * stored.bytes(), odd);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file, 0)) {
            long before = residentPagesOfFiles();
            Tensor tensor = reader.read(torch.root(), "w", wanted, ELEMENTS);
            for (long start = 0; start < ELEMENTS; start += SLICE) {
                assertThat(torch.rawBytes(tensor, start, start + SLICE)).endsWith(0, 0);
            }
            return residentPagesOfFiles() - before;
        }
    }

    private Path zeros(String dtype, long bytes, boolean odd) throws IOException {
        String json =
                "{\"w\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + ELEMENTS + "],\"data_offsets\":[0," + bytes + "]}}";
        String padded = json + " ".repeat((8 - json.length() % 8) % 8 + (odd ? 1 : 0));
        byte[] header = padded.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("model.safetensors");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(8 + header.length + bytes);
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
        }
        return file;
    }

    private static long residentPagesOfFiles() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("RssFile:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
}
