package org.sqltune.cli.data;

import java.util.Locale;
import java.util.function.BiFunction;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;
import picocli.CommandLine.ParentCommand;

/** What the commands of data share: they run a use case, show its tasks on standard error, and print its result. */
abstract class DataUseCase {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DataCommand data;

    final Workspace workspace() {
        return data.workspace;
    }

    /** Runs a use case with its tasks shown. */
    final <R, T> T run(R request, BiFunction<R, TaskListener, T> useCase) {
        try (TaskDisplay tasks = new TaskDisplay(data.console)) {
            return useCase.apply(request, tasks);
        }
    }

    final void print(Summary summary) {
        data.console.print(summary);
    }

    final void print(Object line) {
        data.console.out().println(line);
    }

    final void printError(Object line) {
        data.console.err().println(line);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
