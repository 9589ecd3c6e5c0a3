package org.sqltune.workflow.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.training.estimate.MemoryPart;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.training.estimate.RunEstimate.TimeEstimate;
import org.sqltune.workflow.Summary;

/**
 * Summarises an estimate for a reader.
 *
 * @param estimate the estimate
 */
public record EstimateSummary(RunEstimate estimate) {
    private static final int SECONDS_A_MINUTE = 60;
    private static final int MINUTES_AN_HOUR = 60;

    /** Returns the run's cost, its memory by part, and whether it fits. */
    public Summary summary() {
        return new Summary(List.of(run(), memory()), List.of(verdict()));
    }

    private ReportTable run() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("parameters", count(estimate.parameters())));
        rows.add(List.of(
                "trained",
                String.format(
                        Locale.ROOT,
                        "%s (%.2f %%)",
                        count(estimate.trainableParameters()),
                        100 * estimate.trainableShare())));
        estimate.downloadBytes()
                .ifPresent(
                        bytes -> rows.add(List.of("download", bytes == 0 ? "in the cache" : ByteSizes.inWords(bytes))));
        rows.add(List.of("arithmetic", estimate.elementType()));
        rows.add(List.of("steps", count(estimate.steps())));
        String about = estimate.sampled() ? "about " : "";
        rows.add(List.of("tokens", about + count(estimate.tokens())));
        rows.add(List.of("tokens computed", about + count(estimate.computedTokens())));
        TimeEstimate time = estimate.time();
        if (time != null) {
            rows.add(List.of("time a step", String.format(Locale.ROOT, "%.2f s", time.secondsPerStep())));
            rows.add(List.of("time of training", "about " + duration(time.seconds())));
        }
        return new ReportTable(List.of("Run", ""), rows);
    }

    private ReportTable memory() {
        List<List<String>> rows = new ArrayList<>();
        for (MemoryPart part : MemoryPart.values()) {
            addRow(rows, part);
        }
        rows.add(List.of(
                "peak",
                ByteSizes.inWords(estimate.memory().peak()),
                ByteSizes.inWords(estimate.memoryWithoutCheckpointing().peak()),
                ByteSizes.inWords(estimate.memoryWithSelectiveCheckpointing().peak()),
                ByteSizes.inWords(estimate.memoryWithCheckpointing().peak())));
        rows.add(List.of(
                "at",
                estimate.memory().moment().title(),
                estimate.memoryWithoutCheckpointing().moment().title(),
                estimate.memoryWithSelectiveCheckpointing().moment().title(),
                estimate.memoryWithCheckpointing().moment().title()));
        return new ReportTable(List.of("Memory", "As configured", "No checkpointing", "Selective", "Full"), rows);
    }

    private void addRow(List<List<String>> rows, MemoryPart part) {
        rows.add(List.of(
                part.title(),
                ByteSizes.inWords(estimate.memory().of(part)),
                ByteSizes.inWords(estimate.memoryWithoutCheckpointing().of(part)),
                ByteSizes.inWords(estimate.memoryWithSelectiveCheckpointing().of(part)),
                ByteSizes.inWords(estimate.memoryWithCheckpointing().of(part))));
    }

    private String verdict() {
        String available = ByteSizes.inWords(estimate.available().bytes()) + " available"
                + (estimate.available().limitedBy().equals("container") ? " in this container" : "");
        if (estimate.fits()) {
            return "Fits: " + available + ".";
        }
        String proposal = estimate.proposal();
        return "Doesn't fit: " + available + ". "
                + (proposal == null ? "No setting makes it fit; choose a smaller model." : "Fits with " + proposal);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String duration(double seconds) {
        long minutes = Math.round(seconds / SECONDS_A_MINUTE);
        if (seconds < 2 * SECONDS_A_MINUTE) {
            return Math.round(seconds) + " s";
        }
        return minutes < 2 * MINUTES_AN_HOUR
                ? minutes + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / SECONDS_A_MINUTE / MINUTES_AN_HOUR);
    }
}
