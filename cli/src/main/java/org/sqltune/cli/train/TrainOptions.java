package org.sqltune.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ConfigOptions;
import org.sqltune.training.ResumeChange.Kind;
import org.sqltune.training.Resumption;
import org.sqltune.workflow.phases.Mode;
import org.sqltune.workflow.phases.PhasesRequest;
import org.sqltune.workflow.train.TrainRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code train} can be told. */
final class TrainOptions {
    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--resume", description = "Go on from the last whole checkpoint in training.output_dir.")
    private boolean resume;

    @Option(
            names = "--allow-changes",
            paramLabel = "KIND",
            split = ",",
            description = "Resume despite changes of ${COMPLETION-CANDIDATES}.")
    private Set<Kind> allowChanges = EnumSet.noneOf(Kind.class);

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "Run folder (training.output_dir).")
    private @Nullable Path outputDir;

    @Option(
            names = "--save-full-model",
            description =
                    "Also write the adapter merged into its base, as a model of its own (training.save_full_model).")
    private boolean saveFullModel;

    @Option(
            names = "--no-memory-check",
            description = "Begin even if the run needs more memory than is free (training.check_memory=false).")
    private boolean noMemoryCheck;

    @Option(
            names = "--mode",
            paramLabel = "train|deploy|test|full",
            description = "Train; or bring what was trained to Ollama, or test it there; or all three in turn.")
    private @Nullable Mode mode;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            description = "The model's name in Ollama (default: the run's).")
    private @Nullable String modelName;

    /** Whether the run is one of the documents' pipeline, whose log has a name of its own. */
    boolean namesMode() {
        return mode != null;
    }

    /** The run. */
    PhasesRequest request() {
        List<String> own = new ArrayList<>();
        ConfigOptions.addIfGiven(own, "training.output_dir", outputDir);
        ConfigOptions.addIfGiven(own, "training.save_full_model", saveFullModel ? true : null);
        ConfigOptions.addIfGiven(own, "training.check_memory", noMemoryCheck ? false : null);
        TrainRequest train = new TrainRequest(run.request(own), new Resumption(resume, allowChanges));
        return new PhasesRequest(train, mode == null ? Mode.TRAIN : mode, modelName);
    }
}
