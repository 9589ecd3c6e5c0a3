package org.sqltune.training.optimizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.ScheduleSettings;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerKwargs;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerType;
import org.sqltune.core.config.settings.TrainingSettings;

/**
 * The learning rate of every step, as transformers' schedules compute it ({@code transformers.optimization}).
 *
 * @param type how it runs
 * @param kwargs what some types can be told besides
 * @param peak the highest learning rate
 * @param warmupSteps steps from 0 to the peak
 * @param totalSteps steps in all
 */
public record LearningRateSchedule(
        LrSchedulerType type, LrSchedulerKwargs kwargs, double peak, int warmupSteps, int totalSteps) {
    private static final double USUAL_POLYNOMIAL_END = 1e-7;
    private static final int USUAL_TIMESCALE = 10_000;

    /** The schedule that the settings describe for a run of so many steps. */
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
