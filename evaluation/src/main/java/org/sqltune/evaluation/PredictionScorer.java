package org.sqltune.evaluation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.facts.QueryFacts;
import org.sqltune.evaluation.metric.ExactMatch;
import org.sqltune.evaluation.metric.ExecutionAccuracy;
import org.sqltune.evaluation.metric.ExecutionAccuracy.Execution;
import org.sqltune.evaluation.report.ResultExcerpt;

/** Scores one prediction against the gold SQL. Thread-safe. */
final class PredictionScorer {
    private final Set<Metric> metrics;
    /** Null if no query is executed. */
    private final @Nullable ExecutionAccuracy execution;

    PredictionScorer(Set<Metric> metrics, @Nullable ExecutionAccuracy execution) {
        this.metrics = metrics;
        this.execution = execution;
    }

    ScoredPrediction score(Example example, SqlPrediction prediction) {
        QueryCategory category = metrics.isEmpty() ? null : category(example);
        Boolean exactMatch = metrics.contains(Metric.EXACT_MATCH)
                ? (Boolean) ExactMatch.matches(example.sql(), prediction.sql())
                : null;
        if (execution == null || !execution.has(example.databaseId())) {
            return new ScoredPrediction(example, prediction, category, exactMatch, null, null, null);
        }
        Execution run = execution.execute(example.databaseId(), example.sql(), prediction.sql());
        return new ScoredPrediction(
                example,
                prediction,
                category,
                exactMatch,
                run.outcome(),
                excerpt(run.gold()),
                excerpt(run.predicted()));
    }

    private static QueryCategory category(Example example) {
        return example.category() == null ? QueryFacts.categoryOf(example.sql()) : example.category();
    }

    /** Returns the verdict of the score that the progress shows; null if undecided. */
    @Nullable
    Boolean verdict(ScoredPrediction scored) {
        return execution == null ? scored.exactMatch() : scored.executionMatch();
    }

    private static @Nullable ResultExcerpt excerpt(@Nullable QueryResult result) {
        return result == null ? null : ResultExcerpt.of(result);
    }
}
