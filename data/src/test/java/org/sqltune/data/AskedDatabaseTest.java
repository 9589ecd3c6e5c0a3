package org.sqltune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.config.settings.SourceSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.source.SchemaLookup;
import org.sqltune.data.split.Splits;

class AskedDatabaseTest {
    @TempDir
    private Path folder;

    private Path rows;

    @BeforeEach
    void makeDatabase() throws Exception {
        Path database = Files.createDirectories(folder.resolve("all/zoo")).resolve("zoo.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE animal (name TEXT)");
            statement.execute("INSERT INTO animal VALUES ('Rex')");
        }
        rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"question": "Who?", "sql": "SELECT name FROM animal", "db_id": "zoo"}
                {"question": "Where?", "sql": "SELECT 1", "db_id": "moon"}
                """);
    }

    @Test
    void oneDatabaseIsAskedByEveryRow() {
        Splits<Example> splits = prepare(folder.resolve("all/zoo/zoo.sqlite"), 1, false);

        assertThat(splits.train()).hasSize(2);
        Schema schema = (Schema) splits.train().get(1).schema();
        assertThat(schema.tables().get(0).columns().get(0).samples()).containsExactly("Rex");
    }

    @Test
    void ofAFolderEachRowNamesItsOwn() {
        assertThatThrownBy(() -> prepare(folder.resolve("all"), 0, false))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("rows.jsonl line 2: there is no database moon in " + folder.resolve("all"));

        Splits<Example> splits = prepare(folder.resolve("all"), 0, true);
        assertThat(splits.train()).extracting(Example::databaseId).containsExactly("zoo");
        assertThat(AskedDatabase.folder(folder.resolve("all").toString())).isPresent();
    }

    private Splits<Example> prepare(Path database, int samples, boolean skipBad) {
        SchemaLookup schemas = AskedDatabase.of(settings(database, samples, skipBad));
        return new OwnFilesSource(rows, null, null, ColumnMapping.IDENTITY, schemas, skipBad).prepare();
    }

    private static DataSettings settings(Path database, int samples, boolean skipBad) {
        DataSettings defaults = DataSettings.defaults();
        return new DataSettings(
                Dataset.FILES,
                null,
                null,
                null,
                null,
                defaults.promptFormat(),
                defaults.schemaFormat(),
                true,
                0,
                defaults.stratifyBy(),
                null,
                null,
                new SchemaSettings(null, null, false, samples, null),
                new SourceSettings(Map.of(), database.toString(), skipBad, false));
    }
}
