package org.sqltune.training;

import org.sqltune.core.config.ScheduleSettings;
import org.sqltune.core.config.ScheduleSettings.LrSchedulerType;
import org.sqltune.core.config.TrainingSettings;

/**
 * The learning rate of every step, as transformers' schedules compute it.
 *
 * @param type how it runs
 * @param peak the highest learning rate
 * @param warmupSteps steps from 0 to the peak
 * @param totalSteps steps in all
 */
public record LearningRateSchedule(LrSchedulerType type, double peak, int warmupSteps, int totalSteps) {

    /** The schedule that the settings describe for a run of so many steps. */
    public static LearningRateSchedule of(TrainingSettings settings, int totalSteps) {
        ScheduleSettings schedule = settings.schedule();
        boolean warms = schedule.lrSchedulerType() != LrSchedulerType.CONSTANT;
        int warmupSteps = warms ? (int) Math.ceil(warmupSteps(schedule, totalSteps)) : 0;
        return new LearningRateSchedule(
                schedule.lrSchedulerType(), settings.optimizer().learningRate(), warmupSteps, totalSteps);
    }

    /** In steps; a number below 1 is a share of all. */
    private static double warmupSteps(ScheduleSettings settings, int totalSteps) {
        if (settings.warmupSteps() >= 1) {
            return settings.warmupSteps();
        }
        double share = settings.warmupSteps() > 0 ? settings.warmupSteps() : settings.warmupRatio();
        return share * totalSteps;
    }

    /**
     * The learning rate of a step.
     *
     * @param step steps done before this one, from 0
     */
    public double at(int step) {
        if (step < warmupSteps) {
            return peak * step / warmupSteps;
        }
        double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return switch (type) {
            case CONSTANT, CONSTANT_WITH_WARMUP -> peak;
            case LINEAR -> peak * Math.max(0, 1 - progress);
            case COSINE -> peak * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
        };
    }
}
