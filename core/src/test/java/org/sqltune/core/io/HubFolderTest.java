package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;

class HubFolderTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path cache;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = cache.resolve("models--owner--name");
        Files.createDirectories(folder.resolve("snapshots").resolve(COMMIT));
    }

    @Test
    void theCommitOfTheBranchIsTaken() throws IOException {
        Files.createDirectories(folder.resolve("snapshots/other"));
        Files.createDirectories(folder.resolve("refs"));
        Files.writeString(folder.resolve("refs/main"), COMMIT + "\n");

        assertThat(HubFolder.files(folder, "main"))
                .isEqualTo(folder.resolve("snapshots").resolve(COMMIT));
        assertThat(HubFolder.files(folder, "other")).isEqualTo(folder.resolve("snapshots/other"));
    }

    @Test
    void withoutRefsTheOnlySnapshotIsTaken() {
        assertThat(HubFolder.files(folder, "main"))
                .isEqualTo(folder.resolve("snapshots").resolve(COMMIT));
        assertThat(HubFolder.onlySnapshot(folder)).contains(COMMIT);
    }

    @Test
    void ofSeveralSnapshotsOneMustBeNamed() throws IOException {
        Files.createDirectories(folder.resolve("snapshots/other"));

        assertThat(HubFolder.onlySnapshot(folder)).isEmpty();
        assertThatThrownBy(() -> HubFolder.files(folder, "main"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage(folder + " is a repository of the hub's cache with the snapshots [" + COMMIT
                        + ", other] and no refs/main: name one of them, such as "
                        + folder.resolve("snapshots").resolve(COMMIT));
    }

    @Test
    void aRepositoryWithoutSnapshotsIsToBeDownloaded() throws IOException {
        Files.delete(folder.resolve("snapshots").resolve(COMMIT));

        assertThatThrownBy(() -> HubFolder.files(folder, "main")).hasMessageContaining("no snapshot");
    }

    @Test
    void anyOtherFolderIsGivenBack() throws IOException {
        Path model = Files.createDirectories(cache.resolve("model/snapshots")).getParent();

        assertThat(HubFolder.files(model, "main")).isEqualTo(model);
        Files.writeString(folder.resolve("config.json"), "{}");
        assertThat(HubFolder.files(folder, "main")).isEqualTo(folder);
    }
}
