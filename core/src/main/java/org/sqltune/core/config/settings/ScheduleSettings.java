package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * How the learning rate runs; keys of section {@code training}.
 *
 * @param lrSchedulerType its course
 * @param lrSchedulerKwargs what some courses can be told besides
 * @param warmupSteps optimizer steps from 0 to the peak; below 1 a share of all steps
 * @param warmupRatio the same as a share of all steps; used when {@code warmup_steps} is 0
 */
public record ScheduleSettings(
        LrSchedulerType lrSchedulerType, LrSchedulerKwargs lrSchedulerKwargs, double warmupSteps, double warmupRatio) {

    /** Cosine with 3 % warm-up. */
    public static ScheduleSettings defaults() {
        return new ScheduleSettings(LrSchedulerType.COSINE, LrSchedulerKwargs.NONE, 0, 0.03);
    }

    /** Courses of the learning rate, as transformers names them. */
    public enum LrSchedulerType {
        /** Always the peak; no warm-up. */
        CONSTANT,
        /** Warm-up, then the peak. */
        CONSTANT_WITH_WARMUP,
        /** Warm-up, then straight to zero. */
        LINEAR,
        /** Warm-up, then half a cosine to zero. */
        COSINE,
        /** Warm-up, then half a cosine to {@code min_lr}. */
        COSINE_WITH_MIN_LR,
        /** Warm-up, then a power of what is left of the run, to {@code lr_end}. */
        POLYNOMIAL,
        /** Warm-up, then the inverse square root of the steps. */
        INVERSE_SQRT
    }

    /**
     * Section {@code training.lr_scheduler_kwargs}. Null where nothing is said.
     *
     * @param minLr cosine_with_min_lr: the learning rate at the end
     * @param minLrRate cosine_with_min_lr: the same as a share of {@code learning_rate}, instead
     * @param lrEnd polynomial: the learning rate at the end; null for 1e-7
     * @param power polynomial: the exponent; null for 1, a straight line
     * @param timescale inverse_sqrt: steps after the warm-up in which the rate falls to 1/√2; null for as many as the warm-up
     *     has, or 10,000 where there is none
     */
    public record LrSchedulerKwargs(
            @Nullable Double minLr,
            @Nullable Double minLrRate,
            @Nullable Double lrEnd,
            @Nullable Double power,
            @Nullable Integer timescale) {

        /** Nothing said. */
        public static final LrSchedulerKwargs NONE = new LrSchedulerKwargs(null, null, null, null, null);
    }
}
