package org.sqltune.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.evaluation.EvaluationReport;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.inference.ModelSqlPredictor;
import org.sqltune.model.ModelLoader;
import org.sqltune.training.PipelineResult.ScoredSet;
import org.sqltune.training.PipelineResult;
import org.sqltune.training.PredictorFactory;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingListeners;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.TrainingResult;
import org.sqltune.training.estimate.MachineMemory;
import org.sqltune.training.estimate.RunEstimator;
import org.sqltune.training.loop.TrainingPipeline.RunData;
import org.sqltune.training.loop.TrainingPipeline;
import org.sqltune.training.report.RunReport;
import org.sqltune.training.tracking.TrackingListener;
import org.sqltune.workflow.LibraryVersions;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.RunFolder;
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
            "  sqltune train --config my.yaml --resume"
        })
final class TrainCommand implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(TrainCommand.class);

    private final Console console;
    private final RunDataReader reader;
    private final ModelLoader loader;
    private final PromptTemplates templates;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TrainOptions options = new TrainOptions();

    TrainCommand(Console console, RunDataReader reader, ModelLoader loader, PromptTemplates templates) {
        this.console = console;
        this.reader = reader;
        this.loader = loader;
        this.templates = templates;
    }

    @Override
    public void run() {
        RunConfig config = options.load(loader.devices());
        StopRequest stop = new StopRequest();
        Interruption interruption = new Interruption(console, next().resuming(typed()), stop);
        print(config, interruption.guard(() -> train(config, stop)));
    }

    private PipelineResult train(RunConfig config, StopRequest stop) {
        RunData data = reader.read(config);
        RunEstimator estimator = new RunEstimator(loader, new MachineMemory());
        RunEstimator.Settled settled = estimator.settle(asBefore(config), data.prompts());
        estimator.requireFits(settled.config(), data.prompts());
        return train(settled, data, stop);
    }

    /** What an earlier part of the run chose for the machine, a resumed run keeps: other sums round otherwise. */
    private RunConfig asBefore(RunConfig config) {
        return options.resume() ? RunFolder.withCheckpointingAsBefore(config, loader.devices()) : config;
    }

    private PipelineResult train(RunEstimator.Settled settled, RunData data, StopRequest stop) {
        RunConfig config = settled.config();
        RunFolder.writeConfig(config);
        PromptTemplate template = templates.of(config);
        PredictorFactory predictors = model -> new ModelSqlPredictor(model, template, config.inference());
        try (RunLog runLog = RunLog.open(config.training().outputDir(), options.resume());
                TrainingDisplay display = new TrainingDisplay(console)) {
            BatchSettings batches = config.training().batches();
            log.info(
                    "{}, batch {} x {}",
                    loader.describe(config.model()),
                    batches.perDeviceTrainBatchSize(),
                    batches.gradientAccumulationSteps());
            Optional.ofNullable(settled.note()).ifPresent(log::info);
            TrainingListener listener = TrainingListeners.of(
                    display,
                    runLog,
                    new RunReport(config, LibraryVersions.ofReports()),
                    TrackingListener.of(config, ProcessEnvironment.withDotEnv(), options.resume()));
            TrainingPipeline pipeline = new TrainingPipeline(loader, predictors, listener, stop);
            return pipeline.run(config, data, options.resume());
        }
    }

    private void print(RunConfig config, PipelineResult result) {
        TrainingResult training = result.training();
        List<List<String>> scores = scores(config.data().dataset(), result.sets());
        if (!scores.isEmpty()) {
            console.out().println(Tables.draw(List.of("Score", "Questions", "Before", "After"), scores));
        }
        console.out().println(losses(training));
        console.out().println("Model: " + training.finalModel());
        if (result.fullModel() != null) {
            console.out().println("Full model: " + result.fullModel());
        }
        console.out().println("Loss curve: " + training.lossCurve());
        console.out()
                .println("The run on a page: " + config.training().outputDir().resolve(RunReport.PAGE));
        explainEnd(training);
        console.out().println("Next: " + next().after(config, training.finalModel()));
    }

    private void explainEnd(TrainingResult training) {
        if (training.skippedSteps() > 0) {
            console.out().println(training.skippedSteps() + " of " + training.steps() + " steps were skipped.");
        }
        if (training.end() == EndReason.TIME_LIMIT) {
            console.out()
                    .println("The time limit came at step " + training.steps() + "; go on with: "
                            + next().resuming(typed()));
        } else if (training.end() == EndReason.EARLY_STOPPING) {
            console.out().println("Nothing had become better for a while at step " + training.steps() + ".");
        }
    }

    private static NextCommand next() {
        return NextCommand.of(System.getProperty("java.class.path", ""));
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

    private static List<List<String>> scores(Dataset dataset, List<ScoredSet> sets) {
        List<List<String>> rows = new ArrayList<>();
        for (ScoredSet set : sets) {
            String name = nameOf(set, dataset);
            EvaluationReport before = set.before().report();
            EvaluationReport after = set.after().report();
            addScored(
                    rows,
                    name + ": execution accuracy",
                    before.overall().execution(),
                    after.overall().execution());
            addScored(
                    rows,
                    name + ": exact match",
                    before.overall().exactMatch(),
                    after.overall().exactMatch());
        }
        return rows;
    }

    /** Leaves out what couldn't be scored, such as the execution of SQL without a database. */
    private static void addScored(List<List<String>> rows, String name, Score before, Score after) {
        if (after.total() > 0) {
            rows.add(List.of(name, Integer.toString(after.total()), before.percent(), after.percent()));
        }
    }

    /** The demo's reader needn't know which of its two sets was made how. */
    private static String nameOf(ScoredSet set, Dataset dataset) {
        if (dataset != Dataset.DEMO) {
            return set.name();
        }
        return set.name().equals("test") ? "hand-written questions" : "held-out synthetic pairs";
    }
}
