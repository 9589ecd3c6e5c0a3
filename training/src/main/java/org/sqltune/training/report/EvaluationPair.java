package org.sqltune.training.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.training.report.RunRecord.SetScore;

/**
 * Scores of one set of questions, as far as they are known.
 *
 * @param before before training
 * @param after after it
 */
record EvaluationPair(@Nullable Side before, @Nullable Side after) {
    static final EvaluationPair NONE = new EvaluationPair(null, null);

    /** An evaluation with the report that is made of it, once. */
    record Side(Evaluation evaluation, Report report) {
        static Side of(Evaluation evaluation) {
            return new Side(evaluation, evaluation.toReport(Provenance.UNKNOWN));
        }

        private int questions(ColumnDescriptor column) {
            return column.kind() == ColumnDescriptor.Kind.SHARE
                    ? report.score(column).total()
                    : report.rows().size();
        }
    }

    EvaluationPair withBefore(Evaluation evaluation) {
        return new EvaluationPair(Side.of(evaluation), after);
    }

    EvaluationPair withAfter(Evaluation evaluation) {
        return new EvaluationPair(before, Side.of(evaluation));
    }

    /** Every score of every set, ours and a benchmark's; what couldn't be scored is left out. */
    static List<SetScore> scores(Map<String, EvaluationPair> sets) {
        List<SetScore> scores = new ArrayList<>();
        sets.forEach((name, pair) -> pair.addScores(scores, name));
        return scores;
    }

    private void addScores(List<SetScore> scores, String set) {
        Set<ColumnDescriptor> columns = new LinkedHashSet<>();
        if (before != null) {
            columns.addAll(before.report().headline());
        }
        if (after != null) {
            columns.addAll(after.report().headline());
        }
        for (ColumnDescriptor column : columns) {
            int questions = Math.max(
                    before == null ? 0 : before.questions(column), after == null ? 0 : after.questions(column));
            if (questions > 0) {
                scores.add(new SetScore(set, column.name(), questions, value(before, column), value(after, column)));
            }
        }
    }

    private static @Nullable Double value(@Nullable Side side, ColumnDescriptor column) {
        OptionalDouble value =
                side == null ? OptionalDouble.empty() : side.report().value(column.name());
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
