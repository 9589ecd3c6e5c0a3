package org.sqltune.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

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
                utf8(FileDescriptor.out), utf8(FileDescriptor.err), StandardError::isTerminal, System::nanoTime);
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

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
