package org.sqltune.core.config;

import static org.sqltune.core.config.Range.ANY;
import static org.sqltune.core.config.Range.above;
import static org.sqltune.core.config.Range.atLeast;
import static org.sqltune.core.config.Range.share;

import java.util.Map;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.DatasetCacheSettings;
import org.sqltune.core.config.settings.GuardSettings;
import org.sqltune.core.config.settings.IntervalSettings;
import org.sqltune.core.config.settings.OptimizerSettings;
import org.sqltune.core.config.settings.RegularizationSettings;
import org.sqltune.core.config.settings.ReportingSettings;
import org.sqltune.core.config.settings.ReportingSettings.Tracker;
import org.sqltune.core.config.settings.RunLength;
import org.sqltune.core.config.settings.ScheduleSettings;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerKwargs;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerType;
import org.sqltune.core.config.settings.SelectionSettings;
import org.sqltune.core.config.settings.SelectionSettings.BestMetric;
import org.sqltune.core.config.settings.TrainingSettings;

/** Every key of section {@code training}, as {@link RunConfigSections} has those of the others. */
final class TrainingSection {
    /** transformers takes a metric's name with and without the prefix. */
    private static final Map<String, BestMetric> OTHER_METRIC_NAMES = Map.of(
            "loss", BestMetric.EVAL_LOSS,
            "eval_exact_match", BestMetric.EXACT_MATCH,
            "eval_execution_accuracy", BestMetric.EXECUTION_ACCURACY);

    /** transformers only knows all or nothing. */
    private static final Map<String, GradientCheckpointing> CHECKPOINTING_AS_FLAG = Map.of(
            "true", GradientCheckpointing.FULL,
            "yes", GradientCheckpointing.FULL,
            "on", GradientCheckpointing.FULL,
            "false", GradientCheckpointing.NONE,
            "no", GradientCheckpointing.NONE,
            "off", GradientCheckpointing.NONE);

    private final ConfigSection in;
    private final TrainingSettings defaults;
    private final DevicePreset preset;

    TrainingSection(ConfigSection in, TrainingSettings defaults, DevicePreset preset) {
        this.in = in;
        this.defaults = defaults;
        this.preset = preset;
    }

    TrainingSettings read() {
        return new TrainingSettings(
                in.choice("method", defaults.method()),
                in.choice("init", defaults.init()),
                in.optionalPath("init_adapter", defaults.initAdapter()),
                in.path("output_dir", defaults.outputDir()),
                length(defaults.length()),
                batches(preset.over(defaults.batches())),
                datasetCache(defaults.datasetCache()),
                optimizer(defaults.optimizer()),
                schedule(defaults.schedule()),
                regularization(defaults.regularization()),
                intervals(defaults.intervals()),
                selection(defaults.selection()),
                reporting(defaults.reporting()),
                guards(defaults.guards()),
                in.flag("full_determinism", defaults.fullDeterminism()),
                in.wholeNumber("seed", defaults.seed(), ANY));
    }

    private RunLength length(RunLength usual) {
        return new RunLength(
                in.number("num_train_epochs", usual.numTrainEpochs(), above(0)),
                in.optionalInteger("max_steps", usual.maxSteps(), atLeast(1)),
                in.optionalNumber("max_minutes", usual.maxMinutes(), above(0)),
                in.flag("lr_ends_with_max_minutes", usual.lrEndsWithMaxMinutes()));
    }

    private BatchSettings batches(BatchSettings usual) {
        return new BatchSettings(
                in.integer("per_device_train_batch_size", usual.perDeviceTrainBatchSize(), atLeast(1)),
                in.integer("per_device_eval_batch_size", usual.perDeviceEvalBatchSize(), atLeast(1)),
                in.integer("gradient_accumulation_steps", usual.gradientAccumulationSteps(), atLeast(1)),
                in.integer("max_length", usual.maxLength(), atLeast(2)),
                in.flag("share_prefixes", usual.sharePrefixes()),
                in.integerOrAuto("questions_per_prefix", usual.questionsPerPrefix(), atLeast(1)),
                in.integerOrAuto("max_tokens_per_row", usual.maxTokensPerRow(), atLeast(1)),
                in.choice("gradient_checkpointing", usual.gradientCheckpointing(), CHECKPOINTING_AS_FLAG),
                in.flag("check_memory", usual.checkMemory()));
    }

    private DatasetCacheSettings datasetCache(DatasetCacheSettings usual) {
        return new DatasetCacheSettings(
                in.flag("dataset_cache", usual.datasetCache()),
                in.optionalPath("dataset_cache_dir", usual.datasetCacheDir()));
    }

    private OptimizerSettings optimizer(OptimizerSettings usual) {
        return new OptimizerSettings(
                in.choice("optim", usual.optim()),
                in.number("learning_rate", usual.learningRate(), above(0)),
                in.optionalNumber("loraplus_lr_ratio", usual.loraplusLrRatio(), above(0)),
                in.number("muon_learning_rate", usual.muonLearningRate(), above(0)),
                in.number("weight_decay", usual.weightDecay(), atLeast(0)),
                in.number("adam_beta1", usual.adamBeta1(), share()),
                in.number("adam_beta2", usual.adamBeta2(), share()),
                in.number("adam_epsilon", usual.adamEpsilon(), above(0)),
                in.number("max_grad_norm", usual.maxGradNorm(), atLeast(0)));
    }

    private ScheduleSettings schedule(ScheduleSettings usual) {
        LrSchedulerType type = in.choice("lr_scheduler_type", usual.lrSchedulerType());
        // The default warm-up is for those who said nothing about it and whose schedule has one.
        boolean ownWarmup = in.gives("warmup_steps") || type == LrSchedulerType.CONSTANT;
        return new ScheduleSettings(
                type,
                kwargs(usual.lrSchedulerKwargs()),
                in.number("warmup_steps", usual.warmupSteps(), atLeast(0)),
                in.number("warmup_ratio", ownWarmup ? 0 : usual.warmupRatio(), share()));
    }

    private LrSchedulerKwargs kwargs(LrSchedulerKwargs usual) {
        return new LrSchedulerKwargs(
                in.optionalNumber("lr_scheduler_kwargs.min_lr", usual.minLr(), atLeast(0)),
                in.optionalNumber("lr_scheduler_kwargs.min_lr_rate", usual.minLrRate(), share()),
                in.optionalNumber("lr_scheduler_kwargs.lr_end", usual.lrEnd(), atLeast(0)),
                in.optionalNumber("lr_scheduler_kwargs.power", usual.power(), above(0)),
                in.optionalInteger("lr_scheduler_kwargs.timescale", usual.timescale(), atLeast(1)));
    }

    private RegularizationSettings regularization(RegularizationSettings usual) {
        return new RegularizationSettings(
                in.optionalNumber("neftune_noise_alpha", usual.neftuneNoiseAlpha(), above(0)),
                in.number("label_smoothing_factor", usual.labelSmoothingFactor(), share()));
    }

    private IntervalSettings intervals(IntervalSettings usual) {
        return new IntervalSettings(
                in.integer("logging_steps", usual.loggingSteps(), atLeast(1)),
                in.integer("eval_steps", usual.evalSteps(), atLeast(0)),
                in.integer("save_steps", usual.saveSteps(), atLeast(0)),
                in.optionalInteger("save_total_limit", usual.saveTotalLimit(), atLeast(1)));
    }

    private SelectionSettings selection(SelectionSettings usual) {
        return new SelectionSettings(
                in.flag("load_best_model_at_end", usual.loadBestModelAtEnd()),
                in.flag("save_full_model", usual.saveFullModel()),
                in.choice("metric_for_best_model", usual.metricForBestModel(), OTHER_METRIC_NAMES),
                in.integer("metric_sample_size", usual.metricSampleSize(), atLeast(1)),
                in.optionalInteger("early_stopping_patience", usual.earlyStoppingPatience(), atLeast(1)),
                in.number("early_stopping_threshold", usual.earlyStoppingThreshold(), atLeast(0)));
    }

    private GuardSettings guards(GuardSettings usual) {
        return new GuardSettings(
                in.optionalNumber("loss_spike_factor", usual.lossSpikeFactor(), above(1)),
                in.integer("max_skipped_steps", usual.maxSkippedSteps(), atLeast(1)));
    }

    private ReportingSettings reporting(ReportingSettings usual) {
        return new ReportingSettings(
                in.choices("report_to", usual.reportTo(), Tracker.class),
                in.optionalPath("logging_dir", usual.loggingDir()));
    }
}
