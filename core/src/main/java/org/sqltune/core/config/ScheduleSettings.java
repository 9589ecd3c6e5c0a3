package org.sqltune.core.config;

/**
 * How the learning rate runs; keys of section {@code training}.
 *
 * @param lrSchedulerType its course
 * @param warmupSteps optimizer steps from 0 to the peak; below 1 a share of all steps
 * @param warmupRatio the same as a share of all steps; used when {@code warmup_steps} is 0
 */
public record ScheduleSettings(LrSchedulerType lrSchedulerType, double warmupSteps, double warmupRatio) {

    /** Cosine with 3 % warm-up. */
    public static ScheduleSettings defaults() {
        return new ScheduleSettings(LrSchedulerType.COSINE, 0, 0.03);
    }

    /** Courses of the learning rate. */
    public enum LrSchedulerType {
        /** Always the peak; no warm-up. */
        CONSTANT,
        /** Warm-up, then the peak. */
        CONSTANT_WITH_WARMUP,
        /** Warm-up, then straight to zero. */
        LINEAR,
        /** Warm-up, then half a cosine to zero. */
        COSINE
    }
}
