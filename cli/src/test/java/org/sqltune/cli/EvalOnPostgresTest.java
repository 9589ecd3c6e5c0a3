package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.postgres.proof.EmbeddedServer;

class EvalOnPostgresTest {
    private static final String SECRET = "quite-secret";

    private static @Nullable EmbeddedServer server;

    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeAll
    static void startServer() throws SQLException {
        server = EmbeddedServer.start();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA zoo");
            statement.execute("CREATE TABLE zoo.animal (name text, legs integer)");
            statement.execute("INSERT INTO zoo.animal VALUES ('ant', 6), ('bee', 6), ('cat', 4)");
            statement.execute("CREATE ROLE visitor LOGIN PASSWORD '" + SECRET + "'");
            statement.execute("GRANT USAGE ON SCHEMA zoo TO visitor");
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA zoo TO visitor");
        }
    }

    @AfterAll
    static void stopServer() {
        server().close();
    }

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void answersAreRunWhereTheDatabaseIs() throws IOException, SQLException {
        Path scores = folder.resolve("scores");
        int code = evaluate(
                "visitor",
                scores,
                "SELECT count(*) AS n FROM animal",
                "SELECT max(legs) FROM zoo.animal",
                "SELECT count(*) FROM plant",
                "SELECT feathers FROM animal",
                "DELETE FROM animal",
                "WITH gone AS (DELETE FROM animal RETURNING 1) SELECT count(*) FROM gone",
                "SELECT 3; DELETE FROM animal",
                "SELECT pg_sleep(60)",
                "SELECT 3::numeric");
        assertThat(code).as(cli.err()).isZero();
        JsonNode report = JsonMapper.builder()
                .build()
                .readTree(scores.resolve("report.json").toFile());
        assertThat(report.at("/execution_accuracy/correct").intValue()).isEqualTo(2);
        assertThat(report.at("/execution_accuracy/total").intValue()).isEqualTo(9);
        List<String> found = new ArrayList<>();
        report.path("rows").forEach(row -> found.add(row.path("error").asText("")));
        assertThat(found.get(0)).isEmpty();
        assertThat(found.get(1)).isEqualTo("wrong result: other values");
        assertThat(found.get(2)).contains("\"plant\" does not exist");
        assertThat(found.get(3)).contains("\"feathers\" does not exist");
        assertThat(found.get(4)).contains("not a query: DELETE");
        assertThat(found.get(5)).contains("read-only transaction");
        assertThat(found.get(6)).contains("a second statement follows the first");
        assertThat(found.get(7)).contains("stopped at the time limit");
        assertThat(report.at("/schema_hallucination/correct").intValue()).isEqualTo(2);
        assertThat(animals()).isEqualTo(3);
        assertNothingTellsTheSecret();
    }

    @Test
    void aLoginThatMayWriteIsRefused() throws IOException, SQLException {
        assertThat(evaluate("postgres", folder.resolve("scores"), "SELECT 3")).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err())
                .contains("The login postgres of data.database is a superuser")
                .contains("CREATE ROLE reader LOGIN")
                .contains("evaluation.metrics");
        assertNothingTellsTheSecret();
        assertThat(evaluate("postgres", folder.resolve("scores"), "SELECT 3", "--metrics=exact_match"))
                .as(cli.err())
                .isZero();
    }

    /** @param answersAndOptions an answer to "how many animals", each, or an option */
    private int evaluate(String user, Path scores, String... answersAndOptions) throws IOException {
        StringBuilder rows = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        List<String> arguments = new ArrayList<>(List.of("eval"));
        int id = 0;
        for (String each : answersAndOptions) {
            if (each.startsWith("--")) {
                arguments.add(each);
                continue;
            }
            rows.append("{\"id\": \"q%d\", \"question\": \"How many?\", \"sql\": \"SELECT count(*) FROM animal\"}%n"
                    .formatted(id));
            answers.append("{\"id\": \"q%d\", \"sql\": \"%s\"}%n".formatted(id, each));
            id++;
        }
        String url = server().jdbcUrl().replaceFirst("user=\\w+", "user=" + user);
        arguments.add("--data=" + Files.writeString(folder.resolve("rows.jsonl"), rows));
        arguments.add("--answers=" + Files.writeString(folder.resolve("answers.jsonl"), answers));
        arguments.add("--output-dir=" + scores);
        arguments.add("data.database=" + url + "&password=" + SECRET + "&currentSchema=zoo");
        arguments.add("evaluation.timeout_seconds=1");
        return cli.run(arguments.toArray(String[]::new));
    }

    private void assertNothingTellsTheSecret() throws IOException {
        assertThat(cli.out() + cli.err()).doesNotContain(SECRET);
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(SECRET);
            }
        }
    }

    private static long animals() throws SQLException {
        try (Connection connection = server().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM zoo.animal")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static EmbeddedServer server() {
        assertThat(server).isNotNull();
        return server;
    }
}
