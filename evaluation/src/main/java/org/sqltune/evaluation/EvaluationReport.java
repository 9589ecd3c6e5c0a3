package org.sqltune.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.Score;

/**
 * The scores of one evaluation.
 *
 * @param metrics the metrics that were computed
 * @param distinct how execution accuracy treated DISTINCT
 * @param overall over all predicted examples
 * @param byCategory by the gold query's category, from easy to hard; categories without examples are left out
 * @param byDatabase by database, sorted by name
 * @param failures number of predictions that failed execution accuracy, by kind: {@code wrong_result}, or a {@link
 *     org.sqltune.core.sql.SqlExecutionException.Kind} in lower case
 * @param goldFailures examples whose gold query fails; execution accuracy leaves them out
 * @param skippedDatabases missing databases with their number of examples, which were neither predicted nor scored
 * @param notExecuted number of predicted examples that name no database, or for which there was no database folder
 * @param generatedTokens number of tokens that the predictor generated
 * @param predictionSeconds prediction time, in seconds
 * @param scoringSeconds time spent on scoring, in seconds, summed over the answers
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

    /** Returns the number of examples skipped because their database is missing. */
    public int skipped() {
        return skippedDatabases.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * An example whose gold query fails: a fault of the data set, not of the predictor.
     *
     * @param id the example's id
     * @param databaseId its database
     * @param error the database's message, one line
     */
    public record GoldFailure(String id, String databaseId, String error) {}

    /**
     * The scores of a group of examples.
     *
     * @param name the group's name: a category, a database, or {@code all}
     * @param examples number of predicted examples in the group
     * @param exactMatch how many predictions equal the gold SQL after normalisation
     * @param execution how many predictions return the gold query's result
     */
    public record GroupScore(String name, int examples, Score exactMatch, Score execution) {}
}
