package org.sqltune.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.evaluation.metric.DistinctRule;

/**
 * The scores of one evaluation.
 *
 * @param metrics what was computed
 * @param distinct what execution accuracy made of DISTINCT
 * @param overall over all examples that were predicted
 * @param byCategory by the gold query's kind, from easy to hard; kinds that don't occur are left out
 * @param byDatabase by database, in the order of their names
 * @param failures how many predictions failed to match when run, by kind: {@code wrong_result} and the kinds of
 *     {@link org.sqltune.core.sql.SqlExecutionException.Kind} in lower case
 * @param goldFailures examples whose gold query fails; they don't count in the execution accuracy
 * @param skippedDatabases missing databases and how many examples each has; those were neither predicted nor scored
 * @param notExecuted predicted examples that name no database, or for which there was no folder of databases
 * @param generatedTokens tokens the predictor generated
 * @param predictionSeconds time the predictor took, in seconds
 * @param scoringSeconds time the scoring took, in seconds
 */
public record EvaluationReport(
        Set<Metric> metrics,
        DistinctRule distinct,
        GroupScore overall,
        List<GroupScore> byCategory,
        List<GroupScore> byDatabase,
        SortedMap<String, Integer> failures,
        List<GoldFailure> goldFailures,
        SortedMap<String, Integer> skippedDatabases,
        int notExecuted,
        long generatedTokens,
        double predictionSeconds,
        double scoringSeconds) {

    public EvaluationReport {
        metrics = Set.copyOf(metrics);
        byCategory = List.copyOf(byCategory);
        byDatabase = List.copyOf(byDatabase);
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
        goldFailures = List.copyOf(goldFailures);
        skippedDatabases = Collections.unmodifiableSortedMap(new TreeMap<>(skippedDatabases));
    }

    /** Examples that were left out because their database is missing. */
    public int skipped() {
        return skippedDatabases.values().stream().mapToInt(Integer::intValue).sum();
    }
}
