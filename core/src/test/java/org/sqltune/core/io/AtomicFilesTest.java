package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
