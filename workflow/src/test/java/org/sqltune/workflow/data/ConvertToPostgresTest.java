package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.example.Example;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.postgres.ConversionResult;
import org.sqltune.workflow.data.ConvertToPostgres.Request;

/** Each conversion that is proved starts the embedded server, so that there is only one here. */
class ConvertToPostgresTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path rows;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        rows = fixture.file(
                "rows.jsonl",
                DataFixture.row("zoo", "First?", "SELECT name FROM animals ORDER BY legs LIMIT 0, 1")
                        + DataFixture.row("zoo", "Tables?", "SELECT count(*) FROM sqlite_master")
                        + DataFixture.row("moon", "How far?", "SELECT 1"));
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void queriesAreConvertedProvedAndWritten() {
        Path out = folder.resolve("converted");
        ConvertToPostgres.Result result =
                new ConvertToPostgres(fixture.workspace).run(request(rows, fixture.zoo(), out), fixture);

        assertThat(result.parts()).singleElement().satisfies(part -> {
            ConversionResult conversion = part.conversion();
            assertThat(part.name()).isEqualTo("rows");
            assertThat(conversion.examples()).hasSize(3);
            assertThat(conversion.proved()).hasSize(1);
            assertThat(conversion.reasons().values()).containsOnly(1);
            assertThat(part.files())
                    .containsExactly(
                            out.resolve("rows_postgres.jsonl"),
                            out.resolve("rows_postgres_rejected.jsonl"),
                            out.resolve("schemas"));
        });
        assertThat(OwnFilesSource.read(out.resolve("rows_postgres.jsonl")))
                .extracting(Example::sql)
                .singleElement()
                .asString()
                .contains("LIMIT 1 OFFSET 0");
        assertThat(out.resolve("schemas/zoo.sql")).isNotEmptyFile();
        assertThat(fixture.tasks).containsExactly("Reading", "Converting rows");
    }

    @Test
    void databasesMustBeNamedForAFileOfRows() {
        assertRefused(request(rows, null, folder), "--databases");
        assertRefused(request(folder.resolve("row.jsonl"), fixture.zoo(), folder), "did you mean " + rows);
    }

    @Test
    void readyPromptsCannotBeConverted() {
        Path ready = fixture.file("ready.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\"}\n");
        assertRefused(
                new Request(
                        DataFixture.config("data.train_file=" + ready),
                        null,
                        fixture.zoo(),
                        folder,
                        null,
                        null,
                        null,
                        5),
                "to convert, use rows of db_id");
    }

    @Test
    void anotherServerMustBePostgresqlAndItsPasswordStaysSecret() {
        assertThatThrownBy(() -> new Request(
                        DataFixture.config(), rows, folder, folder, "jdbc:mysql://h/x?password=secret", null, null, 5))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new Request(DataFixture.config(), rows, folder, folder, null, "nonsense", null, 5))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new Request(DataFixture.config(), rows, folder, folder, null, null, 0, 5))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("samples are 0");
    }

    private static Request request(Path input, Path databases, Path out) {
        return new Request(DataFixture.config(), input, databases, out, null, null, null, 5);
    }

    private void assertRefused(Request request, String message) {
        assertThatThrownBy(() -> new ConvertToPostgres(fixture.workspace).run(request, fixture))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }
}
