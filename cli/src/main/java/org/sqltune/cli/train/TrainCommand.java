package org.sqltune.cli.train;

import java.util.List;
import java.util.Locale;
import org.sqltune.cli.console.Console;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingResult;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.phases.Mode;
import org.sqltune.workflow.phases.PhasesRequest;
import org.sqltune.workflow.phases.PhasesResult;
import org.sqltune.workflow.phases.RunPhases;
import org.sqltune.workflow.train.NextCommand;
import org.sqltune.workflow.train.TrainResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sqltune train}: a whole run, from the data to the scores of what was trained. */
@Command(
        name = "train",
        description = "Fine-tunes a model and scores it before and after. Without arguments: the demo.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune train",
            "  sqltune train --config configs/spider/nano_lora.yaml data.path=spider",
            "  sqltune train --base-model models/tinyllama data.train_file=train.jsonl training.max_steps=500",
            "  sqltune train --config my.yaml --resume",
            "  sqltune train --mode full --config my.yaml --model-name shop"
        })
public final class TrainCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TrainOptions options = new TrainOptions();

    /** @param workspace where models and data are found */
    public TrainCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        PhasesRequest request = options.request();
        StopRequest stop = new StopRequest();
        Interruption interruption = new Interruption(console, next().resuming(typed()), stop);
        boolean goesOn = request.train().resume() || !request.mode().trains();
        PhasesResult result = interruption.guard(() -> {
            try (TrainingDisplay display = new TrainingDisplay(console, goesOn, options.namesMode())) {
                return new RunPhases(workspace).run(request, display, stop);
            }
        });
        if (result.trained() != null) {
            print(result.trained());
        }
        if (request.mode() != Mode.TRAIN) {
            console.print(result.summary());
        }
    }

    private void print(TrainResult result) {
        TrainingResult training = result.run().training();
        console.print(result.summary());
        print(losses(training));
        print("Model: " + training.finalModel());
        if (result.run().fullModel() != null) {
            print("Full model: " + result.run().fullModel());
        }
        print("Loss curve: " + training.lossCurve());
        print("The run on a page: " + result.page());
        explainEnd(training);
        print("Next: " + next().after(result.config(), training.finalModel()));
    }

    private void explainEnd(TrainingResult training) {
        if (training.skippedSteps() > 0) {
            print(training.skippedSteps() + " of " + training.steps() + " steps were skipped.");
        }
        if (training.end() == EndReason.TIME_LIMIT) {
            print("The time limit came at step " + training.steps() + "; go on with: " + next().resuming(typed()));
        } else if (training.end() == EndReason.EARLY_STOPPING) {
            print("Nothing had become better for a while at step " + training.steps() + ".");
        }
    }

    private void print(String line) {
        console.out().println(line);
    }

    private static NextCommand next() {
        return NextCommand.ofProcess();
    }

    /** The command line as it was typed. */
    private List<String> typed() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    private static String losses(TrainingResult training) {
        String train = String.format(Locale.ROOT, "Loss: %.4f in training", training.trainLoss());
        Double eval = training.evalLoss();
        return eval == null ? train : train + String.format(Locale.ROOT, ", %.4f on the validation set", eval);
    }
}
