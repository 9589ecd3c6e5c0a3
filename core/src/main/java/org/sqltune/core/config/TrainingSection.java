package org.sqltune.core.config;

import static org.sqltune.core.config.Range.ANY;
import static org.sqltune.core.config.Range.above;
import static org.sqltune.core.config.Range.atLeast;
import static org.sqltune.core.config.Range.share;

import org.sqltune.core.config.ReportingSettings.Tracker;
import org.sqltune.core.config.ScheduleSettings.LrSchedulerType;

/** Every key of section {@code training}, as {@link RunConfigSections} has those of the others. */
final class TrainingSection {
    private final ConfigSection in;
    private final TrainingSettings defaults;

    TrainingSection(ConfigSection in, TrainingSettings defaults) {
        this.in = in;
        this.defaults = defaults;
    }

    TrainingSettings read() {
        return new TrainingSettings(
                in.choice("method", defaults.method()),
                in.choice("init", defaults.init()),
                in.optionalPath("init_adapter", defaults.initAdapter()),
                in.path("output_dir", defaults.outputDir()),
                length(defaults.length()),
                batches(defaults.batches()),
                optimizer(defaults.optimizer()),
                schedule(defaults.schedule()),
                intervals(defaults.intervals()),
                selection(defaults.selection()),
                reporting(defaults.reporting()),
                in.wholeNumber("seed", defaults.seed(), ANY));
    }

    private RunLength length(RunLength usual) {
        return new RunLength(
                in.number("num_train_epochs", usual.numTrainEpochs(), above(0)),
                in.optionalInteger("max_steps", usual.maxSteps(), atLeast(1)),
                in.optionalNumber("max_minutes", usual.maxMinutes(), above(0)));
    }

    private BatchSettings batches(BatchSettings usual) {
        return new BatchSettings(
                in.integer("per_device_train_batch_size", usual.perDeviceTrainBatchSize(), atLeast(1)),
                in.integer("per_device_eval_batch_size", usual.perDeviceEvalBatchSize(), atLeast(1)),
                in.integer("gradient_accumulation_steps", usual.gradientAccumulationSteps(), atLeast(1)),
                in.integer("max_length", usual.maxLength(), atLeast(2)),
                in.flag("share_prefixes", usual.sharePrefixes()),
                in.integerOrAuto("questions_per_prefix", usual.questionsPerPrefix(), atLeast(1)),
                in.flag("gradient_checkpointing", usual.gradientCheckpointing()));
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
                in.number("warmup_steps", usual.warmupSteps(), atLeast(0)),
                in.number("warmup_ratio", ownWarmup ? 0 : usual.warmupRatio(), share()));
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
                in.flag("save_full_model", usual.saveFullModel()));
    }

    private ReportingSettings reporting(ReportingSettings usual) {
        return new ReportingSettings(
                in.choices("report_to", usual.reportTo(), Tracker.class),
                in.optionalPath("logging_dir", usual.loggingDir()));
    }
}
