package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An interactive session as a user has it: a process of its own on a terminal, with a real model. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no script, which opens a pseudo-terminal elsewhere")
@Timeout(900)
class SessionOnTerminalTest {
    private static final String PROMPT = "sqltune> ";
    private static final String ENTER = "\r";
    private static final String CONTROL_C = "\u0003";
    private static final String CONTROL_D = "\u0004";
    /** A piece of an answer that still grows. */
    private static final String PIECE = "\u001b\\[2m";

    @TempDir
    private Path folder;

    @Test
    void answersGrowAreStoppedInPrefillAndInDecodeAndTheSessionGoesOn() throws Exception {
        List<String> arguments = List.of(
                "infer",
                "--model=sqltune-nano",
                "--db=" + wideDatabase(),
                "--interactive",
                "--max-new-tokens=400",
                "inference.constraint=none");
        try (PseudoTerminal terminal = new PseudoTerminal(folder.resolve("cache"), arguments)) {
            terminal.await("Loading");
            terminal.type("SELECT 40 + 2 AS typed_ahead" + ENTER);
            terminal.await("\\(1 row, ");
            terminal.await(PROMPT);

            terminal.type("List all of it?" + ENTER);
            terminal.await(PseudoTerminal.LINE_READ);
            assertThat(terminal.typeUntil(CONTROL_C, "Stopped\\."))
                    .as("stopped before its first token")
                    .doesNotContainPattern(PIECE);
            terminal.await(PROMPT);

            // So hot a model doesn't end by itself.
            enter(terminal, "\\set temperature 5", "temperature is 5.0 now\\.");
            terminal.type("List all of it?" + ENTER);
            terminal.await(PIECE);
            terminal.await(PIECE);
            assertThat(terminal.typeUntil(CONTROL_C, "Stopped\\.")).doesNotContain("SQL in");
            terminal.await(PROMPT);

            enter(terminal, "\\set temperature 0", "temperature is 0.0 now\\.");
            enter(terminal, "How many stocks are there?", "answer \\d+ tokens|The query failed|The model answered");
            enter(terminal, "\\run SELECT 41 + 1 AS answer", "42");
            terminal.type("\\edit" + ENTER);
            terminal.await(PROMPT + "SELECT 41 \\+ 1 AS answer");
            enter(terminal, ", 43 AS next", "next");
            enter(terminal, "\\explain", "Shows ");
            enter(terminal, "\\history", "How many stocks are there\\?");
            enter(terminal, "\\schema stock_0", "CREATE TABLE stock_0");
            terminal.type("half a line" + CONTROL_C);
            terminal.await(PROMPT);
            terminal.type(CONTROL_D);
            assertThat(terminal.exitCode()).isZero();
        }
    }

    @Test
    void theAdapterIsSwitchedBetweenAnswers() throws Exception {
        Path model = TestCli.tinyModel();
        List<String> arguments = List.of(
                "infer",
                "--model=" + model,
                "--adapter=sales=" + model.resolve("trained_adapter"),
                "--db=ecommerce",
                "--interactive",
                "--max-new-tokens=8");
        try (PseudoTerminal terminal = new PseudoTerminal(folder.resolve("cache"), arguments)) {
            terminal.await(PROMPT);
            enter(terminal, "\\adapter", "sales");
            enter(terminal, "\\adapter nobody", "There is no adapter nobody: choose from ");
            enter(terminal, "\\adapter sales", "Answers come from sales now\\.");
            String ofSales =
                    enter(terminal, "How many orders are there?", "The answer ends at|rows? in|The query failed");
            enter(terminal, "\\adapter base", "Answers come from base now\\.");
            String ofBase =
                    enter(terminal, "How many orders are there?", "The answer ends at|rows? in|The query failed");
            assertThat(ofSales).isNotEqualTo(ofBase);
            terminal.type("\\quit" + ENTER);
            assertThat(terminal.exitCode()).isZero();
        }
    }

    private static String enter(PseudoTerminal terminal, String line, String awaited) throws Exception {
        terminal.type(line + ENTER);
        String shown = terminal.await(awaited);
        terminal.await(PROMPT);
        return shown;
    }

    /** Its prompt fills the context of the bundled model, so that reading it takes a while. */
    private Path wideDatabase() throws Exception {
        Path file = folder.resolve("stocks.sqlite");
        String columns =
                IntStream.range(0, 9).mapToObj(i -> "quantity_" + i + " REAL").collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (int table = 0; table < 12; table++) {
                statement.execute("CREATE TABLE stock_" + table + " (" + columns + ")");
            }
        }
        return file;
    }
}
