package org.sqltune.training.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.ScoredPrediction;
import org.sqltune.training.report.EvaluationPair.Side;

/** Chooses a few questions that show what training changed, in the order of the set: the choice is the same each time. */
final class ExampleChoice {
    /** How many of each kind, at most; by {@link Kind}. */
    private static final int[] SHARES = {3, 2, 2, 1};

    private ExampleChoice() {}

    /** What training did to a question's answer. */
    enum Kind {
        /** Wrong before, right after. */
        LEARNED,
        /** Wrong still, or not known before. */
        WRONG,
        /** Right before, wrong after. */
        LOST,
        /** Right all along. */
        RIGHT
    }

    /**
     * A question.
     *
     * @param before its answer before training; null if there is none
     * @param after its answer after it
     * @param kind what changed
     */
    record Chosen(@Nullable ScoredPrediction before, ScoredPrediction after, Kind kind) {}

    static List<Chosen> of(EvaluationPair pair) {
        if (pair.after() == null) {
            return List.of();
        }
        Map<String, ScoredPrediction> before = byQuestion(pair.before());
        List<Chosen> all = pair.after().evaluation().predictions().stream()
                .map(after -> chosen(before.get(key(after)), after))
                .toList();
        List<Chosen> some = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.stream()
                    .filter(each -> each.kind() == kind)
                    .limit(SHARES[kind.ordinal()])
                    .forEach(some::add);
        }
        return some;
    }

    private static Map<String, ScoredPrediction> byQuestion(@Nullable Side side) {
        Map<String, ScoredPrediction> byQuestion = new HashMap<>();
        if (side != null) {
            side.evaluation().predictions().forEach(each -> byQuestion.putIfAbsent(key(each), each));
        }
        return byQuestion;
    }

    private static String key(ScoredPrediction prediction) {
        return prediction.example().id() + "\0" + prediction.example().question();
    }

    private static Chosen chosen(@Nullable ScoredPrediction before, ScoredPrediction after) {
        boolean wasRight = before != null && isRight(before);
        Kind kind = isRight(after) ? wasRight ? Kind.RIGHT : Kind.LEARNED : wasRight ? Kind.LOST : Kind.WRONG;
        return new Chosen(before, after, before == null && kind == Kind.LEARNED ? Kind.RIGHT : kind);
    }

    /** By what it returns, or, where it wasn't run, by its text. */
    static boolean isRight(ScoredPrediction prediction) {
        Boolean executed = prediction.executionMatch();
        return Boolean.TRUE.equals(executed == null ? prediction.exactMatch() : executed);
    }
}
