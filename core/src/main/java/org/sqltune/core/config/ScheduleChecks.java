package org.sqltune.core.config;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.ScheduleSettings;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerKwargs;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerType;
import org.sqltune.core.config.settings.TrainingSettings;

/** Contradictions among the settings of the learning rate. */
final class ScheduleChecks {
    private static final String KWARGS = "training.lr_scheduler_kwargs.";

    private final ConfigReader reader;

    ScheduleChecks(ConfigReader reader) {
        this.reader = reader;
    }

    void check(TrainingSettings training) {
        ScheduleSettings schedule = training.schedule();
        if (reader.isFaulty("training.lr_scheduler_type")) {
            return;
        }
        checkWarmup(schedule);
        checkOwners(schedule);
        checkEnds(schedule, training.optimizer().learningRate());
    }

    private void checkWarmup(ScheduleSettings schedule) {
        boolean warmup = schedule.warmupSteps() > 0 || schedule.warmupRatio() > 0;
        if (schedule.lrSchedulerType() == LrSchedulerType.CONSTANT && warmup) {
            reader.fault("training.lr_scheduler_type", "has no warm-up: use constant_with_warmup or drop the warm-up");
        }
        if (schedule.warmupSteps() > 0 && schedule.warmupRatio() > 0) {
            reader.fault("training.warmup_steps", "contradicts training.warmup_ratio: give one of them");
        }
    }

    private void checkOwners(ScheduleSettings schedule) {
        LrSchedulerKwargs kwargs = schedule.lrSchedulerKwargs();
        LrSchedulerType type = schedule.lrSchedulerType();
        checkOwner("min_lr", kwargs.minLr(), type, LrSchedulerType.COSINE_WITH_MIN_LR);
        checkOwner("min_lr_rate", kwargs.minLrRate(), type, LrSchedulerType.COSINE_WITH_MIN_LR);
        checkOwner("lr_end", kwargs.lrEnd(), type, LrSchedulerType.POLYNOMIAL);
        checkOwner("power", kwargs.power(), type, LrSchedulerType.POLYNOMIAL);
        checkOwner("timescale", kwargs.timescale(), type, LrSchedulerType.INVERSE_SQRT);
    }

    private void checkOwner(String key, @Nullable Object value, LrSchedulerType type, LrSchedulerType owner) {
        if (value != null && type != owner) {
            reader.fault(
                    KWARGS + key,
                    "belongs to lr_scheduler_type " + lowerCase(owner) + ", not to " + lowerCase(type)
                            + ": change one of them");
        }
    }

    private void checkEnds(ScheduleSettings schedule, double peak) {
        LrSchedulerKwargs kwargs = schedule.lrSchedulerKwargs();
        if (schedule.lrSchedulerType() == LrSchedulerType.COSINE_WITH_MIN_LR
                && (kwargs.minLr() == null) == (kwargs.minLrRate() == null)) {
            reader.fault(
                    "training.lr_scheduler_type",
                    "needs one of training.lr_scheduler_kwargs.min_lr and .min_lr_rate, and not both");
        }
        checkBelow("min_lr", kwargs.minLr(), peak);
        checkBelow("lr_end", kwargs.lrEnd(), peak);
    }

    private void checkBelow(String key, @Nullable Double end, double peak) {
        if (end != null && end >= peak) {
            reader.fault(KWARGS + key, "isn't below training.learning_rate " + peak + ": lower it");
        }
    }

    private static String lowerCase(LrSchedulerType type) {
        return type.name().toLowerCase(java.util.Locale.ROOT);
    }
}
