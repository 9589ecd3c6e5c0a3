package org.sqltune.data.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.data.verify.Verification.VerifiedDatabases;
import org.sqltune.data.verify.Verification.VerifiedFile;

class DataVerifierTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("train.jsonl"), "{\"a\": 1}\n{\"a\": 2}\n");
        Path database = Files.createDirectories(folder.resolve("database/zoo")).resolve("zoo.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE animal (name TEXT)");
            statement.execute("CREATE TABLE \"a b\" (name TEXT)");
        }
        Files.writeString(folder.resolve("database/zoo/note.csv"), "not,a\nrow\n");
    }

    @Test
    void rowsAreCountedHashedAndDatabasesOpened() {
        Verification verification = new DataVerifier(Dataset.FILES).verify(folder);

        assertThat(verification.files())
                .containsExactly(new VerifiedFile(
                        "train.jsonl",
                        18,
                        "5b8f82d3cc66533038f4fdee4b09bc34e9b051ba8de538b8289eb52a425e3a79",
                        2,
                        null,
                        0,
                        ""));
        assertThat(verification.databases()).isEqualTo(new VerifiedDatabases(1, 2, List.of()));
        assertThat(verification.isWhole()).isTrue();
    }

    @Test
    void brokenFilesAndDatabasesAreNamed() throws Exception {
        Files.writeString(folder.resolve("dev.jsonl"), "{\"a\": 1}\n{\"a\"\n");
        Files.writeString(folder.resolve("database/zoo/cut.sqlite"), "SQLite format 3\0 and then nothing of use");
        Files.createFile(folder.resolve("database/zoo/empty.sqlite"));

        Verification verification = new DataVerifier(Dataset.FILES).verify(folder);

        assertThat(verification.isWhole()).isFalse();
        assertThat(verification.files().get(0).faults()).isEqualTo(1);
        assertThat(verification.files().get(0).rows()).isEqualTo(1);
        assertThat(verification.files().get(0).firstFault()).contains("dev.jsonl line 2");
        assertThat(verification.databases().faults())
                .anyMatch(fault -> fault.contains("cut.sqlite"))
                .anyMatch(fault -> fault.contains("empty.sqlite is empty"));
    }

    @Test
    void anotherNumberOfRowsThanPublishedIsSeen() {
        Verification verification = new DataVerifier(Dataset.WIKISQL).verify(folder);

        assertThat(verification.files().get(0).publishedRows()).isEqualTo(56_355);
        assertThat(verification.isWhole()).isFalse();
    }

    @Test
    void theSummaryIsJson() throws Exception {
        Path summary = folder.resolve("out/download_summary.json");
        new DataVerifier(Dataset.FILES).verify(folder).write("mine", summary);

        assertThat(Files.readString(summary))
                .contains("\"dataset\" : \"mine\"", "\"whole\" : true", "\"sha256\" : \"", "\"published_rows\" : null");
    }
}
