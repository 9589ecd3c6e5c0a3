package org.sqltune.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.session.TypedSession;

@Timeout(60)
class TypedSessionTest {
    private static final String COUNT = "How many customers are there?";
    private static final String ENTER = "\r";
    private static final String CONTROL_C = "\u0003";
    private static final String CONTROL_D = "\u0004";
    private static final String TAB = "\t";
    private static final String CONTROL_P = "\u0010";

    private final FakePredictor predictor =
            new FakePredictor(Map.of(COUNT, "SELECT count(*) AS n FROM customers WHERE name <> 'x'"));

    @TempDir
    private Path folder;

    @Test
    void theUserIsGreetedWithTheTablesAndAnsweredAtAPrompt() throws Exception {
        try (TypedSession session = start("xterm")) {
            session.awaitPrompt();
            assertThat(session.text())
                    .contains("Database shop: tables customers, orders. Ask a question, or type \\help.");
            session.type(COUNT + ENTER);
            session.awaitText("(1 row, SQL in 0.25 s");
            assertThat(session.text()).contains("SELECT count(*) AS n FROM customers WHERE name <> 'x'");
            session.awaitPrompt();
            session.type("\\quit" + ENTER);

            assertThat(session.exitCode()).isZero();
        }
    }

    @Test
    void sqlIsColouredWhereTheTerminalHasColours() throws Exception {
        try (TypedSession session = start("xterm-256color")) {
            ask(session);
            assertThat(session.raw()).contains("\u001b[34;1mSELECT").contains("\u001b[32m'x'");
        }
    }

    @Test
    void aTerminalWithoutAbilitiesGetsPlainText() throws Exception {
        try (TypedSession session = start("dumb")) {
            ask(session);
            assertThat(session.raw())
                    .contains("sqltune> ")
                    .contains("SELECT count(*)")
                    .doesNotContain("\u001b[3");
        }
    }

    @Test
    void controlCGivesUpTheLineAndControlDTheSession() throws Exception {
        try (TypedSession session = start("xterm")) {
            session.awaitPrompt();
            session.type("How many ships");
            session.awaitText("How many ships");
            session.type(CONTROL_C);
            session.awaitPrompt();
            session.type(COUNT + ENTER);
            session.awaitText("(1 row, ");
            session.awaitPrompt();
            session.type(CONTROL_D);

            assertThat(session.exitCode()).isZero();
        }
        assertThat(predictor.batches).hasSize(1);
    }

    @Test
    void controlCStopsTheAnswerOrTheQueryAndTheSessionGoesOn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        SqlPredictor slow = (questions, progress) -> {
            if (questions.get(0).question().equals("Endless?")) {
                return List.of(new SqlPrediction(
                        "1",
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)" + " SELECT max(i) FROM n",
                        3,
                        0.25));
            }
            asked.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            throw new InterruptedWorkException("The answer was stopped");
        };
        try (TypedSession session =
                new TypedSession("xterm", slow, ShopDatabase.create(folder), folder.resolve("history"))) {
            session.awaitPrompt();
            session.type("Slow?" + ENTER);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            session.type(CONTROL_C);
            session.awaitText("Stopped.");
            session.awaitPrompt();
            session.type("Endless?" + ENTER);
            session.awaitText("SELECT max(i) FROM n");
            session.type(CONTROL_C);
            session.awaitPrompt();
            session.type("SELECT 7 AS n" + ENTER);
            session.awaitText("(1 row, ");
            session.awaitPrompt();
            session.type(CONTROL_D);

            assertThat(session.exitCode()).isZero();
            assertThat(session.text().split("Stopped\\.", -1)).hasSize(3);
        }
    }

    @Test
    void aFailingLineIsNoFailureOfTheSession() throws Exception {
        try (TypedSession session = start("xterm")) {
            session.awaitPrompt();
            session.type("Gibberish?" + ENTER);
            session.awaitText("The model failed: No answer to Gibberish?");
            session.awaitPrompt();
            session.type(CONTROL_D);

            assertThat(session.exitCode()).isZero();
        }
    }

    @Test
    void commandsTablesAndColumnsAreCompleted() throws Exception {
        try (TypedSession session = start("xterm")) {
            session.awaitPrompt();
            session.type("\\sch" + TAB + "ord" + TAB + ENTER);
            session.awaitText("CREATE TABLE orders (");
            session.awaitPrompt();
            session.type("SELECT max(am" + TAB);
            session.awaitText("SELECT max(amount");
            session.type(") AS top FROM orders WHERE customers.na" + TAB);
            session.awaitText(") AS top FROM orders WHERE customers.name");
        }
    }

    @Test
    void apostrophesBackslashesAndExclamationMarksAreKeptAsTyped() throws Exception {
        try (TypedSession session = start("xterm")) {
            session.awaitPrompt();
            session.type("Who's \"Ada\\n\"! !!" + ENTER);
            session.awaitText("The model failed");
        }
        assertThat(predictor.batches.get(0).get(0).question()).isEqualTo("Who's \"Ada\\n\"! !!");
    }

    @Test
    void theHistoryLastsFromSessionToSession() throws Exception {
        try (TypedSession session = start("xterm")) {
            ask(session);
        }
        assertThat(Files.readString(history())).contains(COUNT);

        try (TypedSession session = start("xterm")) {
            session.awaitPrompt();
            session.type(CONTROL_P + ENTER);
            session.awaitText("(1 row, ");
        }
        assertThat(predictor.batches).hasSize(2);
    }

    @Test
    void aHistoryThatCantBeReadDoesNoHarm() throws Exception {
        Files.createDirectories(history());
        try (TypedSession session = start("xterm")) {
            ask(session);
        }
        Files.delete(history());
        Files.write(history(), new byte[] {(byte) 0xff, 'x', '\n', 0, ':', '\n'});
        try (TypedSession session = start("xterm")) {
            ask(session);
        }
    }

    private void ask(TypedSession session) throws Exception {
        session.awaitPrompt();
        session.type(COUNT + ENTER);
        session.awaitText("(1 row, ");
        session.awaitPrompt();
        session.type(CONTROL_D);
        assertThat(session.exitCode()).isZero();
    }

    private TypedSession start(String terminalType) throws Exception {
        Path database = folder.resolve("shop.db");
        if (!Files.exists(database)) {
            ShopDatabase.create(folder);
        }
        return new TypedSession(terminalType, predictor, database, history());
    }

    private Path history() {
        return folder.resolve("state/history");
    }
}
