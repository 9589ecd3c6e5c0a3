package org.sqltune.training.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.report.RunRecord.Best;

/**
 * The lines of a run's metrics.jsonl.
 *
 * @param lines in their order
 */
record RunHistory(List<ObjectNode> lines) {
    /** A value at a step. */
    record Point(double step, double value) {}

    /** Every finite value of a metric. */
    List<Point> points(String metric) {
        return lines.stream()
                .filter(line -> line.path(metric).isNumber()
                        && Double.isFinite(line.path(metric).asDouble()))
                .map(line ->
                        new Point(line.path("step").asInt(), line.path(metric).asDouble()))
                .toList();
    }

    /** The last value of a metric; null if there is none. */
    @Nullable
    Double last(String metric) {
        List<Point> points = points(metric);
        return points.isEmpty() ? null : (Double) points.get(points.size() - 1).value();
    }

    /** The lowest value of a loss, or the highest of a score, and the first step that had it; null if there is none. */
    @Nullable
    Best best(String metric) {
        int sign = metric.endsWith("loss") ? 1 : -1;
        Best best = null;
        for (Point each : points(metric)) {
            if (best == null || sign * each.value() < sign * best.value()) {
                best = new Best(metric, each.value(), (int) each.step());
            }
        }
        return best;
    }

    /** What the last line of a step says; null if there is none. */
    @Nullable
    StepMetrics lastStep() {
        StepMetrics last = null;
        for (ObjectNode line : lines) {
            if (line.has("num_tokens")) {
                last = new StepMetrics(
                        line.path("step").asInt(),
                        line.path("epoch").asDouble(),
                        line.path("loss").asDouble(Double.NaN),
                        line.path("grad_norm").asDouble(Double.NaN),
                        line.path("learning_rate").asDouble(),
                        line.path("examples").asLong(),
                        line.path("num_tokens").asLong(),
                        line.path("seconds").asDouble(),
                        line.path("skipped_steps").asInt());
            }
        }
        return last;
    }
}
