package org.sqltune.inference.session;

import java.util.Locale;
import org.jline.terminal.Terminal;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.text.PrintableText;

/** Prints a session's answers to its terminal, with colours if it has any. */
final class SessionOutput {
    private final Terminal terminal;
    private final RowTable table = new RowTable();

    SessionOutput(Terminal terminal) {
        this.terminal = terminal;
    }

    /** One line, or several; characters that could steer the terminal are escaped. */
    void line(String text) {
        terminal.writer().println(PrintableText.lines(text));
    }

    /** SQL as the model wrote it. */
    void sql(String sql) {
        terminal.writer().println(SqlHighlighter.highlight(sql).toAnsi(terminal));
    }

    /** Rows, their number and the time they took. */
    void rows(QueryResult result, String times) {
        line(table.format(result));
        line("(" + RowTable.count(result) + ", " + times + ")");
    }

    /** What has been printed reaches the terminal now. */
    void flush() {
        terminal.flush();
    }

    /** {@code 0.02 s}. */
    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
