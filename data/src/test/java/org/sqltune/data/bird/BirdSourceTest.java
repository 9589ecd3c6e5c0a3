package org.sqltune.data.bird;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.prompt.InstTemplate;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.split.Splits;

class BirdSourceTest {
    private static final String DEV = """
            [{"question_id": 0, "db_id": "school", "question": "What is the rate?", "evidence": "Rate = `Free Meals` / Enrolled",
              "SQL": "SELECT `Free Meals` / Enrolled FROM frpm;", "difficulty": "simple"},
             {"question_id": 1, "db_id": "zoo", "question": "How many?", "evidence": "", "SQL": "SELECT count(*) FROM animals",
              "difficulty": "challenging"}]
            """;

    private static final String TABLES = """
            [{"db_id": "school", "table_names_original": ["frpm"], "table_names": ["meals"],
              "column_names_original": [[-1, "*"], [0, "CDSCode"], [0, "Free Meals"], [0, "Enrolled"]],
              "column_types": ["text", "text", "real", "integer"], "primary_keys": [1], "foreign_keys": []}]
            """;

    @TempDir
    private Path folder;

    @Test
    void evidenceAndDifficultyGoAlong() throws Exception {
        Files.writeString(folder.resolve("dev.json"), DEV);
        Files.writeString(folder.resolve("dev_tables.json"), TABLES);

        Splits<Example> splits = new BirdSource(folder, "", false, false).prepare();

        Example example = splits.test().get(0);
        assertThat(example.id()).isEqualTo("dev-0");
        assertThat(example.sql()).isEqualTo("SELECT `Free Meals` / Enrolled FROM frpm");
        assertThat(example.context()).isEqualTo(new QuestionContext("", "simple", "Rate = `Free Meals` / Enrolled"));
        assertThat(new InstTemplate(new SchemaSerializer(SchemaFormat.TABLE)).render(example.toQuestion()))
                .endsWith("Question: What is the rate?\nEvidence: Rate = `Free Meals` / Enrolled [/INST]");
        assertThat(splits.counts().get(0)).isEqualTo(new RowCount("dev.json", 2, 1, Map.of("without a schema", 1)));
        assertThat(splits.notes()).anyMatch(note -> note.contains("1 questions have no schema"));
    }

    @Test
    void withoutSchemasNothingIsMadeAndWhatIsMissingIsNamed() throws Exception {
        Files.writeString(folder.resolve("dev.json"), DEV);

        Splits<Example> splits = new BirdSource(folder, "get dev.zip from there", false, false).prepare();

        assertThat(splits.test()).isEmpty();
        assertThat(splits.train()).isEmpty();
        assertThat(splits.counts().get(0)).isEqualTo(new RowCount("dev.json", 2, 0, Map.of("without a schema", 2)));
        assertThat(splits.notes())
                .anyMatch(note -> note.contains("dev_tables.json or dev_databases/") && note.contains("get dev.zip"));
    }

    @Test
    void theOfficialZipHoldsItsDatabasesInAnother() throws Exception {
        Path archive = folder.resolve("dev.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            add(zip, "dev_20240627/dev.json", DEV.getBytes(StandardCharsets.UTF_8));
            add(zip, "dev_20240627/dev_databases.zip", databases());
        }

        BirdSource source = new BirdSource(archive, "", false, false);
        Splits<Example> splits = source.prepare();

        assertThat(splits.test()).extracting(Example::databaseId).containsExactly("school");
        Schema schema = (Schema) splits.test().get(0).schema();
        assertThat(schema.tables().get(0).columns())
                .contains(new Column("Free Meals", "real", false).withComment("Pupils who eat for free"));
        assertThat(source.databases().orElseThrow().locate("school")).isPresent();
        assertThat(splits.notes()).anyMatch(note -> note.contains("isn't UTF-8"));
    }

    @Test
    void miniDevIsForTests() throws Exception {
        Files.writeString(folder.resolve("mini_dev_sqlite.json"), DEV);
        Files.writeString(folder.resolve("dev_tables.json"), TABLES);

        Splits<Example> splits = new BirdSource(folder, "", true, false).prepare();

        assertThat(splits.test()).extracting(Example::id).containsExactly("mini_dev-0");
        assertThat(splits.train()).isEmpty();
    }

    @Test
    void trainingQuestionsLieBesideThoseOfDev() throws Exception {
        Files.writeString(folder.resolve("dev.json"), DEV);
        Files.writeString(folder.resolve("dev_tables.json"), TABLES);
        Files.createDirectory(folder.resolve("train"));
        Files.writeString(folder.resolve("train/train.json"), """
                [{"db_id": "school", "question": "Who?", "evidence": "", "SQL": "SELECT CDSCode FROM frpm"}]
                """);
        Files.writeString(folder.resolve("train/train_tables.json"), TABLES);

        Splits<Example> splits = new BirdSource(folder, "", false, false).prepare();

        assertThat(splits.train()).extracting(Example::id).containsExactly("train-line-1");
        assertThat(splits.validation()).isEqualTo(splits.test()).hasSize(1);
    }

    @Test
    void anIdThatIsThereTwiceIsNamed() throws Exception {
        Files.writeString(
                folder.resolve("dev.json"),
                DEV.replace("\"question_id\": 1, \"db_id\": \"zoo\"", "\"question_id\": 0, \"db_id\": \"school\""));
        Files.writeString(folder.resolve("dev_tables.json"), TABLES);

        assertThatThrownBy(() -> new BirdSource(folder, "", false, false).prepare())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("id 0 is that of line 1");
        assertThat(new BirdSource(folder, "", false, true).prepare().test()).hasSize(1);
    }

    private byte[] databases() throws IOException, SQLException {
        Path database = folder.resolve("school.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE frpm (CDSCode TEXT PRIMARY KEY, \"Free Meals\" REAL, Enrolled INTEGER)");
            statement.execute("CREATE TABLE other (a TEXT)");
        }
        Path packed = folder.resolve("packed.zip");
        String descriptions = "dev_databases/school/database_description/";
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(packed)) {
            add(zip, "dev_databases/school/school.sqlite", Files.readAllBytes(database));
            add(
                    zip,
                    descriptions + "frpm.csv",
                    "\uFEFForiginal_column_name,column_name,column_description,data_format,value_description\nFree Meals ,,Pupils who eat for free,real,\nEnrolled,,,integer,\n"
                            .getBytes(StandardCharsets.UTF_8));
            add(
                    zip,
                    descriptions + "other.csv",
                    "original_column_name,column_description\na,größe\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        return Files.readAllBytes(packed);
    }

    private static void add(ZipArchiveOutputStream zip, String name, byte[] content) throws IOException {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(content);
        zip.closeArchiveEntry();
    }
}
