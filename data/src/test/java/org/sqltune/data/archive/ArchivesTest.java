package org.sqltune.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;

class ArchivesTest {
    @TempDir
    private Path outer;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(outer.resolve("inner"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.zip", "data.tar.bz2", "data.tar"})
    void anArchiveIsUnpackedBesideItself(String name) throws IOException {
        Path archive = archive(name, "spider/dev.json", "[1]", "spider/database/a/a.sqlite", "x", "__MACOSX/junk", "y");

        Path unpacked = new Archives(UnpackingLimits.DEFAULTS).unpacked(archive);

        assertThat(unpacked).isEqualTo(folder.resolve(name + ".unpacked"));
        assertThat(unpacked.resolve("spider/dev.json")).hasContent("[1]");
        assertThat(unpacked.resolve("spider/database/a/a.sqlite")).hasContent("x");
        assertThat(unpacked.resolve("__MACOSX")).doesNotExist();
    }

    @Test
    void whatIsUnpackedIsUsedUntilTheArchiveChanges() throws IOException {
        Archives archives = new Archives(UnpackingLimits.DEFAULTS);
        Path unpacked = archives.unpacked(archive("data.zip", "a", "1"));
        Files.writeString(unpacked.resolve("mark"), "still there");
        assertThat(archives.unpacked(folder.resolve("data.zip")).resolve("mark"))
                .exists();

        archives.unpacked(archive("data.zip", "a", "twice as long"));

        assertThat(unpacked.resolve("a")).hasContent("twice as long");
        assertThat(unpacked.resolve("mark")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escaped.txt",
                "a/../../escaped.txt",
                "/tmp/escaped.txt",
                "..\\escaped.txt",
                "C:\\escaped.txt",
                "a/../../inner-not/escaped.txt"
            })
    void anEntryThatLeadsOutOfTheFolderIsRefusedWithTheWholeArchive(String name) throws IOException {
        for (String archive : new String[] {"slip.zip", "slip.tar"}) {
            Path file = archive(archive, "good.txt", "fine", name, "evil");

            assertThatThrownBy(() -> new Archives(UnpackingLimits.DEFAULTS).unpacked(file))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("escaped.txt")
                    .hasMessageContaining("leads out of the folder");
        }
        assertThat(names(folder)).containsExactlyInAnyOrder("slip.zip", "slip.tar");
        assertThat(names(outer)).containsExactly("inner");
        assertThat(Path.of("/tmp/escaped.txt")).doesNotExist();
    }

    @Test
    void linksAreRefused() throws IOException {
        Path file = folder.resolve("links.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> new Archives(UnpackingLimits.DEFAULTS).unpacked(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("\"link\" is a link");
    }

    @Test
    void aBombIsStoppedByItsSize() throws IOException {
        Path file = archive("bomb.zip", "zeros", "0".repeat(2_000_000));

        assertThatThrownBy(() -> new Archives(new UnpackingLimits(10, 1_000_000, 1e9)).unpacked(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("unpacks to more than 1000000 bytes");
        assertThat(names(folder)).containsExactly("bomb.zip");
    }

    @Test
    void aBombIsStoppedByItsRatio() throws IOException {
        Path file = folder.resolve("bomb.zip");
        byte[] zeros = new byte[1 << 20];
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            zip.putArchiveEntry(new ZipArchiveEntry("zeros"));
            for (int i = 0; i < 80; i++) {
                zip.write(zeros);
            }
            zip.closeArchiveEntry();
        }

        assertThatThrownBy(() -> new Archives(UnpackingLimits.DEFAULTS).unpacked(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("100 times its own size");
        assertThat(names(folder)).containsExactly("bomb.zip");
    }

    @Test
    void aBombIsStoppedByItsEntries() throws IOException {
        Path file = archive("many.zip", "a", "1", "b", "2", "c", "3");

        assertThatThrownBy(() -> new Archives(new UnpackingLimits(2, 1_000, 1e9)).unpacked(file))
                .hasMessageContaining("more than 2 entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut.zip", "cut.tar.bz2"})
    void aDownloadThatBrokeOffIsNamedAndLeavesNothing(String name) throws IOException {
        Path file = archive(name, "a.txt", text(40_000), "b.txt", text(40_000));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));

        assertThatThrownBy(() -> new Archives(UnpackingLimits.DEFAULTS).unpacked(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Fetch it again");
        assertThat(names(folder)).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad.zip", "bad.tar.bz2"})
    void flippedBitsAreFound(String name) throws IOException {
        Path file = archive(name, "a.txt", text(40_000));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 4; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);

        assertThatThrownBy(() -> new Archives(UnpackingLimits.DEFAULTS).unpacked(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("is damaged");
        assertThat(names(folder)).containsExactly(name);
    }

    @Test
    void anEntryThatIsThereTwiceIsRefused() throws IOException {
        Path file = archive("twice.tar", "a", "1", "./a", "2");

        assertThatThrownBy(() -> new Archives(UnpackingLimits.DEFAULTS).unpacked(file))
                .hasMessageContaining("\"./a\" is in it twice");
    }

    private static String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append(i * 2_654_435_761L).append(' ');
        }
        return text.toString();
    }

    private Path archive(String name, String... namesAndContents) throws IOException {
        Path file = folder.resolve(name);
        if (name.endsWith(".zip")) {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
                for (int i = 0; i < namesAndContents.length; i += 2) {
                    zip.putArchiveEntry(new ZipArchiveEntry(namesAndContents[i]));
                    zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                    zip.closeArchiveEntry();
                }
            }
            return file;
        }
        OutputStream out = Files.newOutputStream(file);
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(name.endsWith("bz2") ? new BZip2CompressorOutputStream(out) : out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i], true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
