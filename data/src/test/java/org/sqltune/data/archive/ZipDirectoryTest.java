package org.sqltune.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;

class ZipDirectoryTest {
    /** More than the end record has bits for. */
    private static final int MANY = 66_000;

    @TempDir
    private Path folder;

    @Test
    void entriesAreCountedInTheDirectoryAndNotInItsEndRecord() throws IOException {
        byte[] zip = zip(30);
        ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        end.putShort(zip.length - 14, (short) 1).putShort(zip.length - 12, (short) 1);
        Path lying = Files.write(folder.resolve("lying.zip"), zip);

        assertThat(ZipDirectory.hasMoreThan(29, lying)).isTrue();
        assertThat(ZipDirectory.hasMoreThan(30, lying)).isFalse();
        assertThatThrownBy(() -> new Archives(new UnpackingLimits(29, 1_000, 1e9)).unpacked(lying))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("more than 29 entries");
    }

    @Test
    void largeDirectoriesAreCountedToo() throws IOException {
        Path large = Files.write(folder.resolve("large.zip"), zip(MANY));

        assertThat(ZipDirectory.hasMoreThan(MANY - 1, large)).isTrue();
        assertThat(ZipDirectory.hasMoreThan(MANY, large)).isFalse();
    }

    @Test
    void whatIsBehindAnotherFileIsCounted() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[100_000]);
        bytes.write(zip(30));

        assertThat(ZipDirectory.hasMoreThan(29, Files.write(folder.resolve("a.zip"), bytes.toByteArray())))
                .isTrue();
    }

    @Test
    void whatIsNoZipFileHasNoEntries() throws IOException {
        for (int length : new int[] {0, 1, 21, 22, 100, 70_000}) {
            assertThat(ZipDirectory.hasMoreThan(0, Files.write(folder.resolve("b.zip"), new byte[length])))
                    .isFalse();
        }
    }

    private static byte[] zip(int entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(bytes))) {
            for (int i = 0; i < entries; i++) {
                out.putNextEntry(new ZipEntry("folder/entry-" + i));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
