package org.sqltune.inference.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.inference.engine.TextCandidate;
import org.sqltune.inference.engine.TokenLogprob;

/** Answers as predictions. */
public final class Predictions {
    private Predictions() {}

    /**
     * The first text of an answer.
     *
     * @param answer null if there is none
     */
    public static SqlPrediction of(SqlQuestion question, @Nullable Answer answer) {
        return answer == null
                ? new SqlPrediction(question.id(), "", 0, 0)
                : new SqlPrediction(
                        question.id(),
                        answer.sql(),
                        answer.text().newTokens(),
                        answer.text().prefillSeconds() + answer.text().decodeSeconds(),
                        answer.cut(),
                        evidence(answer.text().candidates().get(0)),
                        null);
    }

    /** What the probabilities of a text say; null if none were asked for. */
    public static @Nullable AnswerEvidence evidence(TextCandidate candidate) {
        List<TokenLogprob> tokens = candidate.tokens();
        return tokens.isEmpty()
                ? null
                : AnswerEvidence.alone(
                        tokens.stream()
                                .mapToDouble(TokenLogprob::logprob)
                                .average()
                                .orElse(0),
                        tokens.stream().mapToDouble(TokenLogprob::logprob).min().orElse(0));
    }
}
