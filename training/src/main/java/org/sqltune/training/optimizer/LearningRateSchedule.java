package org.sqltune.training.optimizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.ScheduleSettings;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerKwargs;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerType;
import org.sqltune.core.config.settings.TrainingSettings;

/**
 * Computes the learning rate of every step like transformers ({@code transformers.optimization}).
 *
 * @param type shape of the schedule
 * @param kwargs additional parameters of some types
 * @param peak the highest learning rate
 * @param warmupSteps steps of the linear increase from 0 to the peak
 * @param totalSteps steps of the run
 */
public record LearningRateSchedule(
        LrSchedulerType type, LrSchedulerKwargs kwargs, double peak, int warmupSteps, int totalSteps) {
    private static final double USUAL_POLYNOMIAL_END = 1e-7;
    private static final int USUAL_TIMESCALE = 10_000;

    /** Returns the schedule that the settings describe for a run of {@code totalSteps} steps. */
    public static LearningRateSchedule of(TrainingSettings settings, int totalSteps) {
        ScheduleSettings schedule = settings.schedule();
        boolean warms = schedule.lrSchedulerType() != LrSchedulerType.CONSTANT;
        int warmupSteps = warms ? (int) Math.ceil(warmupSteps(schedule, totalSteps)) : 0;
        return new LearningRateSchedule(
                schedule.lrSchedulerType(),
                schedule.lrSchedulerKwargs(),
                settings.optimizer().learningRate(),
                warmupSteps,
                totalSteps);
    }

    /** Number of warmup steps; a setting below 1 is a share of all steps. */
    private static double warmupSteps(ScheduleSettings settings, int totalSteps) {
        if (settings.warmupSteps() >= 1) {
            return settings.warmupSteps();
        }
        double share = settings.warmupSteps() > 0 ? settings.warmupSteps() : settings.warmupRatio();
        return share * totalSteps;
    }

    /**
     * Returns the learning rate of a step.
     *
     * @param step index of the step, from 0
     */
    public double at(int step) {
        if (step < warmupSteps) {
            return peak * step / warmupSteps;
        }
        double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return switch (type) {
            case CONSTANT, CONSTANT_WITH_WARMUP -> peak;
            case LINEAR -> peak * Math.max(0, 1 - progress);
            case COSINE -> peak * Math.max(0, cosine(progress));
            case COSINE_WITH_MIN_LR -> peak * (cosine(progress) * (1 - lowestShare()) + lowestShare());
            case POLYNOMIAL -> polynomial(progress);
            case INVERSE_SQRT -> peak / Math.sqrt((double) (step - warmupSteps + timescale()) / timescale());
        };
    }

    private static double cosine(double progress) {
        return 0.5 * (1 + Math.cos(Math.PI * progress));
    }

    private double lowestShare() {
        @Nullable Double rate = kwargs.minLrRate();
        @Nullable Double lowest = kwargs.minLr();
        return rate != null ? rate : lowest != null ? lowest / peak : 0;
    }

    private double polynomial(double progress) {
        double end = kwargs.lrEnd() == null ? USUAL_POLYNOMIAL_END : kwargs.lrEnd();
        double power = kwargs.power() == null ? 1 : kwargs.power();
        return (peak - end) * Math.pow(Math.max(0, 1 - progress), power) + end;
    }

    private int timescale() {
        if (kwargs.timescale() != null) {
            return kwargs.timescale();
        }
        return warmupSteps > 0 ? warmupSteps : USUAL_TIMESCALE;
    }
}
