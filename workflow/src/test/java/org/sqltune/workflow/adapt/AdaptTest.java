package org.sqltune.workflow.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.FolderLock;
import org.sqltune.data.audit.PairFile;
import org.sqltune.postgres.proof.EmbeddedServer;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.train.NextCommand;

/** A whole adaptation with a tiny random model: what it writes, says and refuses. */
class AdaptTest {
    private static final List<String> QUICK = List.of(
            "model.device=cpu",
            "model.dtype=fp32",
            "lora.r=2",
            "lora.target_modules=[q_proj, v_proj]",
            "evaluation.max_samples=3",
            "inference.max_new_tokens=2",
            "training.max_steps=2",
            "training.per_device_train_batch_size=2",
            "training.gradient_accumulation_steps=1",
            "training.check_memory=false",
            "training.report_to=none");

    @TempDir
    private Path folder;

    private Workspace workspace = Workspace.ofUser();
    private Path output = Path.of("adapted");

    @BeforeEach
    void open() {
        workspace.close();
        workspace = TestWorkspace.in(folder);
        output = folder.resolve("adapted");
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aDatabaseBecomesAModelWithScoresBeforeAndAfter() throws IOException {
        Path questions = folder.resolve("mine.jsonl");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rows.add(row("who lives in number " + i, "SELECT name FROM keeper WHERE id = " + i));
            rows.add(row("animals looked after by " + i, "SELECT COUNT(*) FROM animal WHERE keeper_id = " + i));
        }
        rows.add(row("how old is the lion", "SELECT age FROM lions"));
        Files.write(questions, rows);

        AdaptResult result = run(request(zoo().toString(), questions, false));

        assertThat(result.finalModel().resolve("adapter_model.safetensors")).exists();
        assertThat(result.comparisons()).containsOnlyKeys("validation", "test");
        assertThat(output.resolve("comparison_test/comparison.html")).exists();
        List<Example> train = PairFile.read(output.resolve("train.jsonl"));
        List<Example> heldOut = PairFile.read(output.resolve("held_out.jsonl"));
        List<Example> mine = PairFile.read(output.resolve("held_out_yours.jsonl"));
        Set<String> trained = texts(train);
        assertThat(heldOut).isNotEmpty().noneMatch(each -> trained.contains(each.question()));
        assertThat(mine).hasSize(8).noneMatch(each -> trained.contains(each.question()));
        assertThat(trained).containsAnyElementsOf(texts(PairFile.read(questions)));
        assertThat(result.notes())
                .anyMatch(note ->
                        note.startsWith("1 of your pairs left out, gold query fails: \"how old is the lion\" ("))
                .anyMatch(note -> note.contains("and 16 of yours"));
        List<String> names = result.summary().tables().get(0).rows().stream()
                .map(cells -> cells.get(0))
                .toList();
        assertThat(names).contains("all made: execution accuracy", "yours: execution accuracy", "yours: valid SQL");
        assertThat(result.next(new NextCommand("sqltune")))
                .anyMatch(each -> each.startsWith("sqltune infer --adapter-path ") && each.contains(" --question "));

        // A second call goes on: nothing is made again.
        byte[] adapter = Files.readAllBytes(result.finalModel().resolve("adapter_model.safetensors"));
        AdaptResult again = run(request(zoo().toString(), questions, true));
        assertThat(again.finalModel().resolve("adapter_model.safetensors")).hasBinaryContent(adapter);
        assertThat(again.notes()).isEqualTo(result.notes());
        assertThatThrownBy(() -> run(request(zoo().toString(), null, true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--questions was " + questions + " and is null now");
    }

    @Test
    void everyDatabaseOfAFolderIsAskedAndOneThatCannotBeReadIsNamed() throws IOException {
        Path databases = folder.resolve("databases");
        zoo(databases.resolve("zoo/zoo.sqlite"));
        zoo(databases.resolve("park/park.sqlite"));
        database(databases.resolve("void/void.sqlite"), "CREATE TABLE t (a INTEGER)");
        Files.createDirectories(databases.resolve("broken"));
        Files.writeString(databases.resolve("broken/broken.sqlite"), "no database");

        AdaptResult result = run(request(databases.toString(), null, false));

        assertThat(PairFile.read(output.resolve("train.jsonl")))
                .extracting(Example::databaseId)
                .contains("zoo", "park")
                .doesNotContain("void", "broken");
        assertThat(result.notes())
                .anyMatch(note -> note.startsWith("Left out: ") && note.contains("broken.sqlite"))
                .contains("void has no rows: nothing was made of it");
        assertThat(result.next(new NextCommand("sqltune")).get(1)).matches(".*(zoo|park)\\.sqlite --interactive");
    }

    @Test
    void postgresIsAskedInItsOwnSqlByALoginThatMayOnlyRead() throws SQLException, IOException {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA zoo");
                statement.execute("SET search_path TO zoo");
                for (String each : statements()) {
                    statement.execute(each.replace(" REAL", " numeric"));
                }
                statement.execute("CREATE TABLE \"Odd Names\" (\"Id\" integer PRIMARY KEY, \"order\" text, born date)");
                for (int i = 0; i < 20; i++) {
                    statement.execute("INSERT INTO \"Odd Names\" VALUES (" + i + ", 'kind " + i % 4 + "', '200" + i % 9
                            + "-0" + (i % 8 + 1) + "-11')");
                }
                statement.execute("CREATE ROLE visitor LOGIN PASSWORD 'quite-secret'");
                statement.execute("GRANT USAGE ON SCHEMA zoo TO visitor");
                statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA zoo TO visitor");
            }
            String url = server.jdbcUrl().replaceFirst("\\?.*", "")
                    + "?currentSchema=zoo&user=visitor&password=quite-secret";

            AdaptResult result = run(request(url, null, false));

            List<Example> train = PairFile.read(output.resolve("train.jsonl"));
            assertThat(train).anyMatch(each -> each.sql().contains("FROM \"Odd Names\""));
            assertThat(train).noneMatch(each -> each.sql().contains("strftime"));
            assertThat(result.comparisons()).containsKey("validation");
            assertThat(result.notes()).anyMatch(note -> note.matches("[1-9]\\d* drafted queries were left out.*"));
            assertThat(Files.readString(output.resolve("train.yaml"))).doesNotContain("quite-secret");
            assertThat(Files.readString(output.resolve("adapt.json"))).doesNotContain("quite-secret");
            assertThat(String.join(" ", result.next(new NextCommand("sqltune"))))
                    .doesNotContain("quite-secret");
        }
    }

    @Test
    void whatCannotBeAdaptedToIsSaidInALine() {
        assertThatThrownBy(() -> request("zoo", null, false, 0)).hasMessageContaining("--minutes 0.0 is no time");
        assertThatThrownBy(() -> new AdaptRequest(
                        "zoo", "m", null, output, 1, false, List.of("data.database=other", "training.seed=1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("data.database is decided by --db");
        assertThatThrownBy(() -> run(request(folder.resolve("nowhere.sqlite").toString(), null, false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.sqlite");
        assertThatThrownBy(() -> run(request(zoo().toString(), folder.resolve("none.jsonl"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--questions");
        assertThatThrownBy(() -> run(request("jdbc:postgresql://localhost:1/x?user=a&password=secret", null, false)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("Check address")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> run(request("jdbc:mysql://localhost/x", null, false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no database jdbc:mysql");
        assertThat(output).doesNotExist();
    }

    @Test
    void aDatabaseThatGivesTooLittleIsSaid() throws IOException {
        Path none = database(folder.resolve("none.sqlite"));
        assertThatThrownBy(() -> run(request(none.toString(), null, false))).hasMessageContaining("has no tables");
        Path empty = database(folder.resolve("empty.sqlite"), "CREATE TABLE t (a INTEGER)");
        assertThatThrownBy(() -> run(request(empty.toString(), null, false)))
                .hasMessageContaining("its tables have no rows. Fill them, or give pairs");
        Path small =
                database(folder.resolve("small.sqlite"), "CREATE TABLE t (a BLOB)", "INSERT INTO t VALUES (x'00')");
        assertThatThrownBy(() -> run(request(small.toString(), null, false)))
                .hasMessageContaining("different queries to train on can be made")
                .hasMessageContaining("--questions");
        Path other =
                Files.writeString(folder.resolve("other.jsonl"), row("how many", "SELECT COUNT(*) FROM moons") + "\n");
        assertThatThrownBy(() -> run(request(zoo().toString(), other, false)))
                .hasMessageContaining("None of the pairs in")
                .hasMessageContaining("no such table: moons");
        assertThat(output.resolve("adapt.json")).doesNotExist();
    }

    @Test
    void twoCallsDoNotShareAFolder() {
        FolderLock.inside(output, "--output").during(() -> {
            assertThatThrownBy(() -> run(request(zoo().toString(), null, false)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("choose another --output");
            return output;
        });
    }

    private AdaptResult run(AdaptRequest request) {
        return new Adapt(workspace).run(request);
    }

    private AdaptRequest request(String database, Path questions, boolean resume) {
        return request(database, questions, resume, 0.2);
    }

    private AdaptRequest request(String database, Path questions, boolean resume, double minutes) {
        String model = TestWorkspace.tinyModel().toString();
        return new AdaptRequest(database, model, questions, output, minutes, resume, QUICK);
    }

    private static String row(String question, String sql) {
        return "{\"question\": \"" + question + "\", \"query\": \"" + sql + "\"}";
    }

    private static Set<String> texts(List<Example> examples) {
        return examples.stream().map(Example::question).collect(Collectors.toSet());
    }

    private Path zoo() {
        return zoo(folder.resolve("zoo.sqlite"));
    }

    private static Path zoo(Path file) {
        return Files.exists(file) ? file : database(file, statements().toArray(String[]::new));
    }

    private static List<String> statements() {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE TABLE keeper (id INTEGER PRIMARY KEY, name TEXT, city TEXT, salary REAL)",
                "CREATE TABLE animal (id INTEGER PRIMARY KEY, name TEXT, species TEXT, weight REAL,"
                        + " keeper_id INTEGER REFERENCES keeper (id))"));
        for (int i = 0; i < 12; i++) {
            statements.add("INSERT INTO keeper VALUES (" + i + ", 'Keeper" + (char) ('A' + i) + "', 'Town" + i % 3
                    + "', " + (2000 + 37 * i) + ")");
            for (int j = 0; j < 3; j++) {
                statements.add("INSERT INTO animal VALUES (" + (3 * i + j) + ", 'Beast" + (char) ('A' + i) + j
                        + "', 'species " + j + "', " + (10 + 7 * i + j) + ", " + i + ")");
            }
        }
        return statements;
    }

    private static Path database(Path file, String... statements) {
        try {
            Files.createDirectories(file.getParent());
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA user_version = 1");
                for (String each : statements) {
                    statement.execute(each);
                }
            }
            return file;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
