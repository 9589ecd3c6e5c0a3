package org.sqltune.inference.session;

import java.util.Locale;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;
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

    /** A piece of an answer that is still growing, at once; gives what was printed. */
    String piece(String text) {
        String printable = PrintableText.lines(text);
        terminal.writer().print(new AttributedString(printable, AttributedStyle.DEFAULT.faint()).toAnsi(terminal));
        terminal.flush();
        return printable;
    }

    /** Takes a text that was printed last from the screen, if it is all there; else goes on below it. */
    void erase(String text) {
        if (text.isEmpty()) {
            return;
        }
        Size size = terminal.getSize();
        int width = Math.max(1, size.getColumns());
        int rows = text.lines()
                .mapToInt(line -> 1 + Math.max(0, new AttributedString(line).columnLength() - 1) / width)
                .sum();
        if (rows >= size.getRows() || !terminal.puts(Capability.carriage_return)) {
            terminal.writer().println();
            return;
        }
        for (int row = 1; row < rows + (text.endsWith("\n") ? 1 : 0); row++) {
            terminal.puts(Capability.cursor_up);
        }
        terminal.puts(Capability.clr_eos);
    }

    /** Empties the cursor's line, on which the terminal may have shown a key that isn't text, such as {@code ^C}. */
    void clearLine() {
        if (terminal.puts(Capability.carriage_return)) {
            terminal.puts(Capability.clr_eos);
        }
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
