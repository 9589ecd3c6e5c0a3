package org.sqltune.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.GroupScore;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.training.report.RunRecord.SetScore;

/**
 * Scores of one set of questions, as far as they are known.
 *
 * @param before before training
 * @param after after it
 */
record EvaluationPair(@Nullable Evaluation before, @Nullable Evaluation after) {
    static final EvaluationPair NONE = new EvaluationPair(null, null);

    EvaluationPair withBefore(Evaluation evaluation) {
        return new EvaluationPair(evaluation, after);
    }

    EvaluationPair withAfter(Evaluation evaluation) {
        return new EvaluationPair(before, evaluation);
    }

    /** Every score of every set; what couldn't be scored, such as SQL without a database, is left out. */
    static List<SetScore> scores(Map<String, EvaluationPair> sets) {
        List<SetScore> scores = new ArrayList<>();
        sets.forEach((name, pair) -> {
            pair.add(scores, name, "execution_accuracy", GroupScore::execution);
            pair.add(scores, name, "exact_match", GroupScore::exactMatch);
        });
        return scores;
    }

    private void add(List<SetScore> scores, String set, String metric, Function<GroupScore, Score> part) {
        Score old = score(before, part);
        Score now = score(after, part);
        int questions = Math.max(old.total(), now.total());
        if (questions > 0) {
            scores.add(new SetScore(set, metric, questions, share(old), share(now)));
        }
    }

    private static Score score(@Nullable Evaluation evaluation, Function<GroupScore, Score> part) {
        return evaluation == null ? Score.NONE : part.apply(evaluation.report().overall());
    }

    private static @Nullable Double share(Score score) {
        OptionalDouble accuracy = score.accuracy();
        return accuracy.isPresent() ? (Double) accuracy.getAsDouble() : null;
    }
}
