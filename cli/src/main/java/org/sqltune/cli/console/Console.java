package org.sqltune.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.sqltune.workflow.Summary;

/**
 * Where a command speaks to.
 *
 * @param out results, and nothing else
 * @param err progress, logs and errors
 * @param errIsTerminal whether somebody watches {@code err}; asked only when it matters, since finding out takes a while
 * @param nanoTime a clock, in nanoseconds from anywhere
 */
public record Console(PrintStream out, PrintStream err, BooleanSupplier errIsTerminal, LongSupplier nanoTime) {

    /** This process's own streams, as UTF-8 whatever the locale says. */
    public static Console ofProcess() {
        return new Console(
                utf8(FileDescriptor.out), utf8(FileDescriptor.err), Console::errorIsTerminal, System::nanoTime);
    }

    /** A display of one task's progress on {@code err}. */
    public TaskProgress progress(String task) {
        return new TaskProgress(task, this, TaskProgress.Unit.PIECES);
    }

    /** A display of training on {@code err}, whose messages say how long it takes. */
    public TaskProgress trainingProgress() {
        return new TaskProgress("Training", this, TaskProgress.Unit.STEPS);
    }

    /** A display of one download's progress on {@code err}. */
    public TaskProgress downloads() {
        return new TaskProgress("Downloading", this, TaskProgress.Unit.BYTES);
    }

    /** Prints a result's tables and remarks on {@code out}. */
    public void print(Summary summary) {
        if (summary.title() != null) {
            summary.title().lines().forEach(out::println);
        }
        summary.tables().forEach(table -> out.println(Tables.draw(table.header(), table.rows())));
        summary.remarks().forEach(out::println);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Whether standard error is a terminal. {@code System.console()} only knows about input and output together. */
    private static boolean errorIsTerminal() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        try {
            return TerminalProvider.load(windows ? "jni" : "exec").isSystemStream(SystemStream.Error);
        } catch (IOException e) {
            return false;
        }
    }
}
