package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.evaluation.EvaluationReport.GoldFailure;
import org.sqltune.evaluation.EvaluationReport.GroupScore;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.ExecutionOutcome;
import org.sqltune.evaluation.metric.Score;

/** Sums scored predictions up into a report. */
final class ReportBuilder {
    private final List<ScoredPrediction> predictions;

    ReportBuilder(List<ScoredPrediction> predictions) {
        this.predictions = predictions;
    }

    EvaluationReport build(
            Set<Metric> metrics,
            DistinctRule distinct,
            SortedMap<String, Integer> skippedDatabases,
            double scoringSeconds) {
        return new EvaluationReport(
                metrics,
                distinct,
                score("all", predictions),
                groups(ScoredPrediction::category, ReportBuilder::lowerCase),
                groups(each -> each.example().databaseId(), id -> id),
                failures(),
                goldFailures(),
                skippedDatabases,
                notExecuted(metrics),
                predictions.stream()
                        .mapToLong(each -> each.prediction().generatedTokens())
                        .sum(),
                predictions.stream()
                        .mapToDouble(each -> each.prediction().seconds())
                        .sum(),
                scoringSeconds);
    }

    /** Returns a score per key; predictions without a key are in no group. */
    private <K extends Comparable<K>> List<GroupScore> groups(
            Function<ScoredPrediction, @Nullable K> key, Function<K, String> name) {
        SortedMap<K, List<ScoredPrediction>> groups = new TreeMap<>();
        for (ScoredPrediction each : predictions) {
            K group = key.apply(each);
            if (group != null) {
                groups.computeIfAbsent(group, one -> new ArrayList<>()).add(each);
            }
        }
        return groups.entrySet().stream()
                .map(group -> score(name.apply(group.getKey()), group.getValue()))
                .toList();
    }

    private static GroupScore score(String name, List<ScoredPrediction> group) {
        return new GroupScore(
                name,
                group.size(),
                score(group, ScoredPrediction::exactMatch),
                score(group, ScoredPrediction::executionMatch));
    }

    private static Score score(List<ScoredPrediction> group, Function<ScoredPrediction, @Nullable Boolean> verdict) {
        List<Boolean> verdicts =
                group.stream().map(verdict).filter(Objects::nonNull).toList();
        return new Score((int) verdicts.stream().filter(right -> right).count(), verdicts.size());
    }

    private SortedMap<String, Integer> failures() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (ScoredPrediction each : predictions) {
            ExecutionOutcome outcome = each.execution();
            if (outcome instanceof ExecutionOutcome.WrongResult) {
                counts.merge(ExecutionOutcome.WRONG_RESULT, 1, Integer::sum);
            } else if (outcome instanceof ExecutionOutcome.PredictionFailed failed) {
                counts.merge(lowerCase(failed.kind()), 1, Integer::sum);
            }
        }
        return counts;
    }

    private List<GoldFailure> goldFailures() {
        List<GoldFailure> failures = new ArrayList<>();
        for (ScoredPrediction each : predictions) {
            if (each.execution() instanceof ExecutionOutcome.GoldFailed failed) {
                failures.add(new GoldFailure(each.example().id(), each.example().databaseId(), failed.error()));
            }
        }
        return failures;
    }

    private int notExecuted(Set<Metric> metrics) {
        if (!metrics.contains(Metric.EXECUTION_ACCURACY)) {
            return 0;
        }
        return (int)
                predictions.stream().filter(each -> each.execution() == null).count();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
