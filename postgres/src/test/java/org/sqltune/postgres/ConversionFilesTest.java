package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.split.Splits;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.RejectReason;

@ExtendWith(SharedServer.class)
class ConversionFilesTest {
    @TempDir
    private Path folder;

    @Test
    void provedRowsCanBeTrainedOnAndTheOthersSayWhy(PostgresServer server) throws Exception {
        SqliteFiles.make(folder, "concerts", SqliteFiles.CONCERTS);
        Files.createDirectories(folder.resolve("garbage"));
        Files.writeString(folder.resolve("garbage/garbage.sqlite"), "this is no database".repeat(100));
        List<Example> examples = List.of(
                example("1", "concerts", "SELECT name FROM singer WHERE country = \"France\""),
                example("2", "concerts", "SELECT nothing FROM singer"),
                example("3", "nowhere", "SELECT 1"),
                example("4", "garbage", "SELECT 1"),
                example("5", "concerts", "SELECT count(*) FROM concert"));
        List<Long> progress = new ArrayList<>();
        ConversionResult result = new PostgresConversion(new DatabaseFolder(folder), server, QueryLimits.DEFAULTS)
                .convert(examples, (done, total, message) -> progress.add(done));
        assertThat(progress).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(result.reasons())
                .containsOnlyKeys(
                        RejectReason.NO_DATABASE, RejectReason.DATABASE_NOT_COPIED, RejectReason.SQLITE_ERROR);

        Path target = folder.resolve("out");
        List<Path> files = new ConversionFiles(target).write("rows", result);
        List<Example> proved = OwnFilesSource.read(files.get(0));
        assertThat(proved).extracting(Example::id).containsExactly("1", "5");
        assertThat(proved.get(0).sql())
                .isEqualTo("SELECT name FROM singer WHERE country = 'France'".replace("name", "Name"));
        assertThat(((VerbatimSchema) proved.get(0).schema()).text())
                .contains("CREATE TABLE singer (id int PRIMARY KEY");
        List<String> reasons = new ArrayList<>();
        JsonRows.forEach(files.get(1), row -> reasons.add(row.text("id") + " " + row.text("reason")));
        assertThat(reasons).containsExactly("2 sqlite_error", "3 no_database", "4 database_not_copied");
        assertThat(target.resolve("schemas/concerts.sql"))
                .content()
                .contains("CREATE TABLE concert (")
                .endsWith(";\n");
    }

    @Test
    void aSampleIsOfThoseWithADatabaseAndAlwaysTheSame() {
        SqliteFiles.make(folder, "concerts", SqliteFiles.CONCERTS);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            examples.add(example(Integer.toString(i), i % 2 == 0 ? "concerts" : "nowhere", "SELECT " + i));
        }
        DatabaseFolder databases = new DatabaseFolder(folder);
        List<Example> sample = ConversionParts.sample(examples, databases, 4, 7);
        assertThat(sample).hasSize(4).allMatch(each -> each.databaseId().equals("concerts"));
        assertThat(examples).containsSubsequence(sample);
        assertThat(ConversionParts.sample(examples, databases, 4, 7)).isEqualTo(sample);
        assertThat(ConversionParts.sample(examples, databases, 4, 8)).isNotEqualTo(sample);
    }

    @Test
    void aTestSetThatIsTheValidationSetComesOnce() {
        List<Example> some = List.of(example("1", "a", "SELECT 1"));
        assertThat(ConversionParts.of(new Splits<>(List.of(), some, some, List.of())))
                .containsOnlyKeys("validation");
    }

    private static Example example(String id, String database, String sql) {
        return new Example(id, database, "?", new VerbatimSchema("x"), sql);
    }
}
