import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.inference.TextToSql;

/** What a program does that has {@code sqltune-inference} as its one dependency. */
class InferenceConsumerTest {
    @TempDir
    private Path folder;

    @Test
    void theBundledModelAnswersAQuestionAndTheAnswerRuns() throws Exception {
        Path database = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, total REAL)");
            statement.execute("INSERT INTO orders (total) VALUES (1.5), (2.5), (3.5)");
        }

        try (TextToSql model = TextToSql.load("sqltune-nano", null);
                SqliteWorkers sqlite = new SqliteWorkers(1)) {
            String sql = model.answer("How many orders are there?", new SchemaReader().read(database));

            assertTrue(sql.toLowerCase().contains("from orders"), sql);
            assertFalse(sqlite.open(database, QueryLimits.DEFAULTS).execute(sql).rows().isEmpty(), sql);
        }
    }

    @Test
    void whatOnlyTheConversionAndParquetFilesNeedIsNotBrought() {
        for (String type : List.of(
                "org.jooq.DSLContext", "org.postgresql.Driver", "blue.strategic.parquet.ParquetReader")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(type), type);
        }
    }

    @Test
    void aParquetFileNamesTheLibraryToAdd() throws Exception {
        Path file = Files.writeString(folder.resolve("questions.parquet"), "PAR1");

        SqlTuneException thrown = assertThrows(
                SqlTuneException.class, () -> RowFiles.forEach(file, RowFaults.STRICT, row -> {}));

        assertEquals(
                file + ": the class path has no library that reads Parquet files: add"
                        + " blue.strategic.parquet:parquet-floor, or convert the file to .jsonl or .csv",
                thrown.getMessage());
    }
}
