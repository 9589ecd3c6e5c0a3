package org.sqltune.cli.data;

import java.util.Locale;
import java.util.function.BiFunction;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** What the commands of data share: they run a use case, show its tasks on standard error, and print its result. */
abstract class DataUseCase {
    final Console console;
    final Workspace workspace;

    DataUseCase(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    /** Runs a use case with its tasks shown. */
    final <R, T> T run(R request, BiFunction<R, TaskListener, T> useCase) {
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            return useCase.apply(request, tasks);
        }
    }

    final void print(Object line) {
        console.out().println(line);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
