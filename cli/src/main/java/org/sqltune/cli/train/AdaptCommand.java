package org.sqltune.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.training.StopRequest;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.adapt.Adapt;
import org.sqltune.workflow.adapt.AdaptRequest;
import org.sqltune.workflow.adapt.AdaptResult;
import org.sqltune.workflow.train.NextCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sqltune adapt}: from a database to a model tuned to it. */
@Command(
        name = "adapt",
        description = "Tunes a model to a database: makes questions with SQL, trains on some, and scores it on others.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune adapt --db shop.sqlite",
            "  sqltune adapt --db shop.sqlite --questions pairs.jsonl --minutes 20 --output outputs/shop"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what is required
public final class AdaptCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Spec
    private CommandSpec spec;

    @Option(names = "--db", paramLabel = "DATABASE", required = true, description = "SQLite file, folder or JDBC URL.")
    private String database;

    @Option(
            names = {"--model", "--base-model"},
            paramLabel = "MODEL",
            description = "What to tune (default: ${DEFAULT-VALUE}).")
    private String model = AdaptRequest.DEFAULT_MODEL;

    @Option(names = "--questions", paramLabel = "FILE", description = "Pairs of your own: most are trained on, too.")
    private @Nullable Path questions;

    @Option(names = "--output", paramLabel = "FOLDER", description = "For all files (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of(AdaptRequest.DEFAULT_OUTPUT);

    @Option(names = "--minutes", paramLabel = "N", description = "Time of training (default: ${DEFAULT-VALUE}).")
    private double minutes = AdaptRequest.DEFAULT_MINUTES;

    @Option(names = "--resume", description = "Go on with what is in the folder.")
    private boolean resume;

    @Parameters(paramLabel = "section.key=value", arity = "0..*", description = "Keys of the training configuration.")
    private List<String> overrides = new ArrayList<>();

    /** @param workspace where models and databases are found */
    public AdaptCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        AdaptRequest request = new AdaptRequest(database, model, questions, output, minutes, resume, overrides);
        StopRequest stop = new StopRequest();
        NextCommand next = NextCommand.ofProcess();
        List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
        AdaptResult result = new Interruption(console, next.resuming(typed), stop).guard(() -> {
            try (TrainingDisplay display = new TrainingDisplay(console, resume)) {
                return new Adapt(workspace).run(request, display, stop);
            }
        });
        console.print(result.summary());
        console.out().println("Model: " + result.finalModel());
        result.next(next).forEach(command -> console.out().println("Ask it: " + command));
    }
}
