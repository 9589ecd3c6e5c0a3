package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKindTest {
    @TempDir
    private Path folder;

    @Test
    void filesAreToldByTheirFirstBytesWhateverTheyAreCalled() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write('x');
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("a"));
        }

        assertThat(kind(gzip.toByteArray())).isEqualTo("GZIP");
        assertThat(kind(zip.toByteArray())).isEqualTo("ZIP");
        assertThat(kind(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0})).isEqualTo("ZSTD");
        assertThat(kind(new byte[] {(byte) 0x80, 2, '}'})).isEqualTo("PICKLE");
        assertThat(kind("PAR1\u0015")).isEqualTo("PARQUET");
        assertThat(kind("SQLite format 3\0")).isEqualTo("SQLITE");
        assertThat(kind("\n <!DOCTYPE HTML><html>")).isEqualTo("HTML");
        assertThat(kind("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4\n"))
                .isEqualTo("LFS_POINTER");
        assertThat(kind("question,sql\n")).isEqualTo("none");
        assertThat(kind("version,https\n")).isEqualTo("none");
        assertThat(kind("")).isEqualTo("none");
        assertThat(FileKind.of(folder)).isEmpty();
    }

    @Test
    void theSentenceNamesWhatLiesThereAndARemedy() throws IOException {
        Path file = Files.writeString(
                folder.resolve("model.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\n");

        assertThat(FileKind.unlessText(file))
                .isEqualTo(" is a Git LFS pointer, not the file itself: run git lfs pull in its folder, or download the"
                        + " file");
        assertThat(FileKind.unless(FileKind.LFS_POINTER, file)).isEmpty();
    }

    private String kind(String content) throws IOException {
        return kind(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String kind(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("a.bin"), content);
        return FileKind.of(file).map(FileKind::name).orElse("none");
    }
}
