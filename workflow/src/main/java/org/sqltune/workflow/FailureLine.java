package org.sqltune.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;

/** Turns any exception into a message for the user, including unexpected ones. */
public final class FailureLine {
    private FailureLine() {}

    /**
     * Returns the message of a {@link SqlTuneException}, which may list several faults on separate lines; for other
     * exceptions one line in SqlTune's words.
     */
    public static String of(Throwable failure) {
        if (failure instanceof SqlTuneException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of Java memory (" + failure.getMessage()
                    + "): start with a larger heap, such as java -Xmx4g -jar cli.jar"
                    + ", or a smaller training.per_device_train_batch_size";
        }
        if (failure instanceof LinkageError) {
            return "a library of this jar can't be loaded on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + " (" + failure
                    + "): build the jar on this platform, see README.md";
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return "a file or a connection failed: " + Failures.reason(failure)
                    + ". Check the disk and the network; --verbose shows where";
        }
        return Failures.nativeMemory(failure)
                .map(memory -> "out of memory (" + memory + "): lower training.per_device_train_batch_size or"
                        + " training.max_length, set model.quantization, or use a machine with more")
                .orElse(
                        "internal error, which is a bug of SqlTune: please report it with the command and what --verbose"
                                + " prints (it shows where)");
    }
}
