package org.sqltune.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.sqltune.core.text.PrintableText;
import org.sqltune.core.text.TextStream;
import org.sqltune.inference.session.StandardStreams;
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
        return over(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    }

    /** Results go to {@code out} as they are, unless that is a terminal; messages to {@code err} without secrets. */
    static Console over(OutputStream out, OutputStream err) {
        return new Console(
                TextStream.ofResults(out, StandardStreams::isOutputTerminal),
                TextStream.ofMessages(err),
                StandardStreams::isErrorTerminal,
                System::nanoTime);
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
            summary.title().lines().forEach(this::show);
        }
        summary.tables().forEach(table -> show(Tables.draw(table.header(), table.rows())));
        summary.remarks().forEach(this::show);
    }

    private void show(String text) {
        out.println(PrintableText.lines(text));
    }
}
