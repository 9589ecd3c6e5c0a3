package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderIsReplacedAsAWhole() throws IOException {
        Path target = folder.resolve("model");
        AtomicFiles.writeFolder(target, inside -> Files.writeString(inside.resolve("old"), "1"));
        AtomicFiles.writeFolder(target, inside -> {
            Files.writeString(inside.resolve("new"), "2");
            assertThat(target.resolve("old"))
                    .as("stays until the new one is whole")
                    .exists();
        });
        assertThat(target).isDirectoryNotContaining("glob:**old").isDirectoryContaining("glob:**new");
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aDeviceIsWrittenToAndStays() {
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            AtomicFiles.writeString(device, "nothing");
            assertThat(Files.isRegularFile(device)).isFalse();
        }
    }

    @Test
    void aFolderThatCannotBeFilledLeavesTheOldOne() throws IOException {
        Path target = folder.resolve("model");
        AtomicFiles.writeFolder(target, inside -> Files.writeString(inside.resolve("old"), "1"));
        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, inside -> {
                    throw new IOException("no room");
                }))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("no room");
        assertThat(target.resolve("old")).exists();
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void whatAKilledProcessLeftBehindDoesNotDisturb() throws IOException {
        Path target = folder.resolve("model");
        for (String leftover : new String[] {".model.partial", ".model.old"}) {
            Path path = Files.createDirectory(folder.resolve(leftover));
            Files.writeString(path.resolve("half"), "");
        }
        Files.createDirectory(target);
        AtomicFiles.writeFolder(target, inside -> Files.writeString(inside.resolve("new"), "2"));
        assertThat(target).isDirectoryContaining("glob:**new").isDirectoryNotContaining("glob:**half");
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void leftoversAreDeletedByTheNamesTheyWereToHave() throws IOException {
        for (String name : new String[] {".a.partial", ".a.old", ".b.partial", "a.old", ".partial"}) {
            Files.writeString(folder.resolve(name), "");
        }
        AtomicFiles.deleteLeftovers(folder, name -> name.equals("a"));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".b.partial", "a.old", ".partial");
    }

    @Test
    void aDeletedFolderLeavesNothing() throws IOException {
        Path target = Files.createDirectory(folder.resolve("model"));
        Files.writeString(target.resolve("file"), "1");
        AtomicFiles.deleteFolder(target);
        AtomicFiles.deleteFolder(target);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileIsReplacedOnlyOnceTheNewOneIsWhole() throws IOException {
        Path target = folder.resolve("a/b/report.json");
        AtomicFiles.writeString(target, "é1");
        AtomicFiles.write(target, out -> {
            out.write("22".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(target).hasContent("é1");
        });
        assertThat(target).hasContent("22");
        assertThat(target.getParent().toFile().list()).containsExactly("report.json");
    }

    @Test
    void aFileThatCannotBeWrittenToItsEndLeavesTheOldOne() throws IOException {
        Path target = Files.writeString(folder.resolve("report.json"), "old");
        for (Exception failure :
                List.of(new IOException("no room"), new UncheckedIOException(new IOException("no room")))) {
            assertThatThrownBy(() -> AtomicFiles.write(target, out -> {
                        out.write('n');
                        fail(failure);
                    }))
                    .isInstanceOf(SqlTuneException.class)
                    .hasCause(failure)
                    .hasMessageContaining(target.toString())
                    .hasMessageContaining("no room")
                    .hasMessageEndingWith("Check that the disk has room and the folder is writable");
        }
        assertThat(target).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("report.json");
    }

    /** What a writer throws of its own accord goes through as it is. */
    @Test
    void aWriterThatRefusesLeavesTheOldOneAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), "old");
        Path model = Files.createDirectory(folder.resolve("model"));
        SqlTuneException refusal = new SqlTuneException("no such tensor");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write('n');
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThatThrownBy(() -> AtomicFiles.writeFolder(model, inside -> {
                    Files.writeString(inside.resolve("half"), "1");
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(file).hasContent("old");
        assertThat(model).isEmptyDirectory();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("report.json", "model");
    }

    @Test
    void aFolderInTheFilesPlaceStays() throws IOException {
        Path target = Files.createDirectory(folder.resolve("report.json"));
        Files.writeString(target.resolve("inside"), "1");
        assertThatThrownBy(() -> AtomicFiles.writeString(target, "2")).isInstanceOf(SqlTuneException.class);
        assertThat(target.resolve("inside")).hasContent("1");
        assertThat(folder.toFile().list()).containsExactly("report.json");
    }

    @Test
    void aFileInTheWayOfAFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("outputs"), "1");
        assertThatThrownBy(() -> AtomicFiles.writeString(file.resolve("report.json"), "2"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("report.json");
        assertThat(file).hasContent("1");
    }

    @Test
    void theRootIsNoTarget() {
        assertThatThrownBy(() -> AtomicFiles.writeString(folder.getRoot(), "1"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageEndingWith("name a file or folder below the root");
    }

    @Test
    void foldersInsideAFolderComeWithIt() throws IOException {
        Path target = folder.resolve("checkpoint");
        AtomicFiles.writeFolder(target, inside -> {
            assertThat(inside).isEmptyDirectory();
            Files.writeString(Files.createDirectories(inside.resolve("a/b")).resolve("c"), "1");
        });
        assertThat(target.resolve("a/b/c")).hasContent("1");
    }

    @Test
    void deletingALinkLeavesWhatItPointsTo() throws IOException {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Files.writeString(kept.resolve("file"), "1");
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.createSymbolicLink(model.resolve("link"), kept);
        AtomicFiles.deleteFolder(model);
        AtomicFiles.deleteRecursively(Files.createSymbolicLink(folder.resolve("other"), kept));
        AtomicFiles.deleteRecursively(folder.resolve("nothing"));
        assertThat(kept.resolve("file")).hasContent("1");
        assertThat(folder.toFile().list()).containsExactly("kept");
    }

    private static void fail(Exception failure) throws IOException {
        if (failure instanceof IOException checked) {
            throw checked;
        }
        throw (UncheckedIOException) failure;
    }
}
