package org.sqltune.workflow.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.FolderLock;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.inference.ModelPredictor;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.ModelLoader;
import org.sqltune.training.AnswerProvenance;
import org.sqltune.training.PredictorFactory;
import org.sqltune.training.Resumption;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingListeners;
import org.sqltune.training.batch.PreparedData;
import org.sqltune.training.estimate.MachineMemory;
import org.sqltune.training.estimate.RunEstimator;
import org.sqltune.training.loop.TrainingPipeline;
import org.sqltune.training.loop.TrainingPipeline.RunData;
import org.sqltune.training.report.RunReport;
import org.sqltune.training.tracking.TrackingListener;
import org.sqltune.workflow.DotEnv;
import org.sqltune.workflow.ExecutionCheck;
import org.sqltune.workflow.IgnoredKeys;
import org.sqltune.workflow.LibraryVersions;
import org.sqltune.workflow.RunFolder;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.evaluate.EvaluationProvenance;

/**
 * Performs a whole run: reads the data, scores the model, trains it, and scores it again. Writes the configuration,
 * metrics, checkpoints, reports and {@code run.html} into {@code training.output_dir}, and reports to the trackers of
 * {@code training.report_to}.
 */
public final class Train {
    private static final Logger log = LoggerFactory.getLogger(Train.class);

    private final Workspace workspace;

    /** @param workspace finds models and data */
    public Train(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Like {@link #run(TrainRequest, RunListener, StopRequest)}, without a listener and a stop request. */
    public TrainResult run(TrainRequest request) {
        return run(request, RunListener.NONE, new StopRequest());
    }

    /**
     * Trains a model.
     *
     * @param listener receives the progress
     * @param stop ends training after the current step, with a checkpoint and a {@link
     *     org.sqltune.training.RunInterruptedException}
     * @throws org.sqltune.core.config.ConfigException if the configuration has faults, the run doesn't fit into
     *     memory, another process uses the run's folder, or changes prevent resuming
     * @throws org.sqltune.core.SqlTuneException if data or model can't be loaded
     */
    public TrainResult run(TrainRequest request, RunListener listener, StopRequest stop) {
        RunConfig config = configuration(request.run(), workspace.loader());
        IgnoredKeys.tell(request.run(), config);
        return FolderLock.inside(config.training().outputDir(), "training.output_dir")
                .during(() -> run(request, config, listener, stop));
    }

    private TrainResult run(TrainRequest request, RunConfig config, RunListener listener, StopRequest stop) {
        Resumption resumption = request.resumption();
        ModelLoader loader = workspace.loader();
        listener.began("Reading the data");
        RunData data = workspace.data().read(config);
        TrainingPipeline.check(config, data);
        if (data.questions() != null) {
            List<Example> scored = data.questions().heldOut().values().stream()
                    .flatMap(List::stream)
                    .toList();
            ExecutionCheck.check(request.run(), config, data.databases(), scored);
        }
        RunEstimator estimator = new RunEstimator(loader, new MachineMemory());
        // A resumed run keeps the automatic choices of the earlier part, since other choices round differently.
        RunConfig before = resumption.wanted() ? RunFolder.withCheckpointingAsBefore(config, loader.devices()) : config;
        RunEstimator.Settled settled = estimator.settle(before, data.prompts());
        estimator.requireFits(settled.config(), data.prompts());
        return run(settled, data, resumption, listener, stop);
    }

    /** Loads the configuration for a run on this machine. */
    static RunConfig configuration(RunRequest request, ModelLoader loader) {
        return request.load(new RunConfigLoader(Files::exists, loader.devices()));
    }

    private TrainResult run(
            RunEstimator.Settled settled, RunData data, Resumption resumption, RunListener watching, StopRequest stop) {
        RunConfig config = settled.config();
        ModelLoader loader = workspace.loader();
        PromptTemplate template = workspace.templates().of(config);
        PredictorFactory predictors =
                model -> new ModelPredictor(model, new ModelPrompts(template), config.inference());
        TrainingListener listener = TrainingListeners.of(
                watching.settled(config),
                writingConfigOf(config),
                new RunReport(config, LibraryVersions.ofReports()),
                TrackingListener.of(config, DotEnv.environment(), resumption.wanted()));
        BatchSettings batches = config.training().batches();
        log.info(
                "{}, batch {} x {}",
                loader.describe(config.model()),
                batches.perDeviceTrainBatchSize(),
                batches.gradientAccumulationSteps());
        Optional.ofNullable(settled.note()).ifPresent(log::info);
        TrainingPipeline pipeline =
                new TrainingPipeline(loader, predictors, provenance(config, template), listener, stop);
        return new TrainResult(config, pipeline.run(config, data, resumption));
    }

    /**
     * Writes the configuration only when training begins: until then --resume may still refuse the folder of another
     * run.
     */
    private static TrainingListener writingConfigOf(RunConfig config) {
        return new TrainingListener() {
            @Override
            public void prepared(PreparedData data) {
                RunFolder.writeConfig(config);
            }
        };
    }

    /** Returns the same provenance as an evaluation of the trained model. */
    private static AnswerProvenance provenance(RunConfig config, PromptTemplate template) {
        EvaluationProvenance described = new EvaluationProvenance(config, template);
        return (questions, model, trained) -> {
            if (trained != null && config.training().method() == Method.FULL) {
                return described.ofTrained(questions, trained);
            }
            Path adapter = trained == null ? config.training().initAdapter() : trained;
            return described.ofModel(questions, model.folder(), adapter);
        };
    }
}
