package org.sqltune.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;

/** What reaches a reader of data that means harm. */
class ConsoleTest {
    private static final String HOSTILE = "a\u001b[31m\u202eb\u009b\nc";

    @Test
    void tablesAndRemarksShowControlCharactersWhereverTheyGo() {
        RecordedConsole recorded = new RecordedConsole(false, false);
        recorded.console()
                .print(new Summary(
                        List.of(new ReportTable(List.of("Name"), List.of(List.of(HOSTILE)))), List.of("\u202eDone")));
        assertThat(recorded.out())
                .contains("| a\\u001b[31m\\u202eb\\u009b\\nc |\n")
                .endsWith("\\u202eDone\n")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void aResultIsExactForProgramsAndHarmlessOnATerminal() {
        RecordedConsole piped = new RecordedConsole(false, false);
        piped.console().out().println("SELECT '" + HOSTILE + "'");
        assertThat(piped.out()).isEqualTo("SELECT '" + HOSTILE + "'\n");
        RecordedConsole watched = new RecordedConsole(false, true);
        watched.console().out().println("SELECT '" + HOSTILE + "'");
        assertThat(watched.out()).isEqualTo("SELECT 'a\\u001b[31m\\u202eb\\u009b\nc'\n");
    }

    @Test
    void messagesHaveNoSecretsEvenInStackTraces() {
        RecordedConsole recorded = new RecordedConsole(false, false);
        new IllegalStateException("https://me:hunter2@h/x \u001b[2J")
                .printStackTrace(recorded.console().err());
        assertThat(recorded.err()).contains("https://***@h/x \\u001b[2J\n\tat ").doesNotContain("hunter2", "\u001b");
    }
}
