package org.sqltune.inference.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.SqlPrediction;

/** A session over a database whose names and values carry escape sequences, and a model that answers with some. */
class HostileNamesTest {
    /** Clears the screen, sets the title, turns the direction of writing. */
    private static final String ESCAPES = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\u2066";

    private static final String SHOWN = "\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202e\\u2066";

    @TempDir
    private Path folder;

    private Path database;

    @BeforeEach
    void makeDatabase() throws Exception {
        database = folder.resolve("x" + "\u001b[2J" + ".db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.toUri());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE \"t" + ESCAPES + "\" (\"c" + ESCAPES + "\" text)");
            statement.execute("INSERT INTO \"t" + ESCAPES + "\" VALUES ('v" + ESCAPES + "')");
        }
    }

    @Test
    void nothingOfItReachesTheTerminal() throws Exception {
        try (TypedSession session = new TypedSession(
                "dumb",
                (questions, progress) ->
                        List.of(new SqlPrediction("1", "SELECT '" + ESCAPES + "' AS \"n" + ESCAPES + "\"", 1, 0.1)),
                database,
                folder.resolve("history"))) {
            session.awaitPrompt();
            for (String line : List.of(
                    "\\tables",
                    "\\schema",
                    "\\schema nothing",
                    "\\examples",
                    "\\nonsense",
                    "What?",
                    "SELECT * FROM \"none\"",
                    "SELECT name, sql FROM sqlite_master")) {
                session.type(line + "\n");
                session.awaitPrompt();
            }
            session.type("\\quit\n");
            assertThat(session.exitCode()).isZero();
            assertThat(session.raw())
                    .contains("t" + SHOWN)
                    .contains("'" + SHOWN + "'")
                    .contains("n" + SHOWN)
                    .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\u2066");
        }
    }
}
