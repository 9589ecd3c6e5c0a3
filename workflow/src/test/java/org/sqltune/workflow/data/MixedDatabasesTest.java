package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.training.loop.TrainingPipeline.RunData;

/** Which databases the answers to a mixture's questions run on. */
class MixedDatabasesTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path zoo;
    private Path rows;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        zoo = fixture.zoo();
        rows = fixture.file("zoo.jsonl", DataFixture.row("zoo", "How many?", "SELECT count(*) FROM animals"));
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void eachQuestionRunsOnTheDatabaseOfItsOwnDataSet() {
        RunData data = fixture.workspace
                .data()
                .read(DataFixture.config(
                        "data.dataset=mix",
                        "data.mix.0.file=" + rows,
                        "data.mix.1.dataset=demo",
                        "data.database=" + zoo));

        QueryDatabases databases = Objects.requireNonNull(data.databases());
        assertThat(databases.has("zoo")).isTrue();
        assertThat(databases.has("ecommerce")).isTrue();
        assertThat(databases.has("nowhere")).isFalse();
        assertThat(data.prompts().notes()).noneMatch(note -> note.startsWith("Answers aren't executed"));
        try (QueryDatabases.Session session = databases.open(QueryLimits.DEFAULTS, 1)) {
            assertThat(session.database("zoo")
                            .execute("SELECT count(*) FROM animals")
                            .rows())
                    .containsExactly(List.of(3L));
            assertThat(session.database("ecommerce")
                            .execute("SELECT count(*) > 0 FROM orders")
                            .rows())
                    .containsExactly(List.of(1L));
            assertThatThrownBy(() -> session.database("nowhere")).isInstanceOf(SqlExecutionException.class);
        }
    }

    @Test
    void twoDatabasesOfOneNameAreSaid() {
        fixture.database("databases/ecommerce/ecommerce.sqlite", "CREATE TABLE animals (name TEXT, legs INTEGER)");
        Path other = fixture.file(
                "shop.jsonl", DataFixture.row("ecommerce", "How many animals?", "SELECT count(*) FROM animals"));

        RunData data = fixture.workspace
                .data()
                .read(DataFixture.config(
                        "data.dataset=mix",
                        "data.mix.0.file=" + other,
                        "data.mix.1.dataset=demo",
                        "data.database=" + zoo));

        assertThat(data.databases()).isNull();
        assertThat(data.prompts().notes())
                .contains("Answers aren't executed: several data sets of the mixture have another database of the same"
                        + " name.");
    }

    @Test
    void severalFilesOfOneDatabaseRunOnIt() {
        Path more = fixture.file("more.jsonl", DataFixture.row("zoo", "Which?", "SELECT name FROM animals"));

        RunData data = fixture.workspace
                .data()
                .read(DataFixture.config(
                        "data.dataset=mix",
                        "data.mix.0.file=" + rows,
                        "data.mix.1.file=" + more,
                        "data.database=" + zoo.resolve("zoo/zoo.sqlite")));

        assertThat(Objects.requireNonNull(data.databases()).has("zoo")).isTrue();
    }
}
