package org.sqltune.workflow.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sqltune.training.StepMetrics;

/** Measures a run's recent speed and estimates the remaining time. */
public final class TrainingRate {
    /** The length of the measured window, in seconds of training. */
    private static final double WINDOW_SECONDS = 30;

    private static final int THOUSAND = 1000;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3600;

    private final Deque<StepMetrics> steps = new ArrayDeque<>();
    private final @Nullable Double maxMinutes;
    private final LongSupplier nanoseconds;
    private long started;

    /** @param maxMinutes minutes after which the run ends whatever is left of it; null for no limit */
    public TrainingRate(@Nullable Double maxMinutes) {
        this(maxMinutes, System::nanoTime);
    }

    /** @param nanoseconds a clock, of any beginning */
    TrainingRate(@Nullable Double maxMinutes, LongSupplier nanoseconds) {
        this.maxMinutes = maxMinutes;
        this.nanoseconds = nanoseconds;
        started();
    }

    /** Training begins: from now on its minutes count. */
    public void started() {
        started = nanoseconds.getAsLong();
    }

    /** Adds a finished step. */
    public void stepped(StepMetrics metrics) {
        steps.addLast(metrics);
        while (steps.size() > 2 && metrics.seconds() - steps.getFirst().seconds() > WINDOW_SECONDS) {
            steps.removeFirst();
        }
    }

    /**
     * Returns text like {@code 12.3 ex/s, 4.6k tok/s, 2:13 left}; empty before the second step. The remaining time
     * excludes evaluations, and is at most what a time limit leaves.
     */
    public String inWords(int totalSteps) {
        StepMetrics first = steps.getFirst();
        StepMetrics last = steps.getLast();
        double seconds = last.seconds() - first.seconds();
        if (seconds <= 0) {
            return "";
        }
        double left = seconds / (last.step() - first.step()) * (totalSteps - last.step());
        if (maxMinutes != null) {
            left = Math.min(
                    left, Math.max(0, maxMinutes * SECONDS_A_MINUTE - (nanoseconds.getAsLong() - started) / 1e9));
        }
        return rounded((last.examples() - first.examples()) / seconds) + " ex/s, "
                + rounded((last.numTokens() - first.numTokens()) / seconds) + " tok/s, " + clock(left) + " left";
    }

    private static String rounded(double rate) {
        if (rate >= 10 * THOUSAND) {
            return Math.round(rate / THOUSAND) + "k";
        }
        if (rate >= THOUSAND) {
            return String.format(Locale.ROOT, "%.1fk", rate / THOUSAND);
        }
        return rate >= 10 ? Long.toString(Math.round(rate)) : String.format(Locale.ROOT, "%.2g", rate);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole >= SECONDS_AN_HOUR
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        whole / SECONDS_AN_HOUR,
                        whole % SECONDS_AN_HOUR / SECONDS_A_MINUTE,
                        whole % SECONDS_A_MINUTE)
                : String.format(Locale.ROOT, "%d:%02d", whole / SECONDS_A_MINUTE, whole % SECONDS_A_MINUTE);
    }
}
