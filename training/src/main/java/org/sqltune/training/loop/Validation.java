package org.sqltune.training.loop;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.training.AnswerScorer;
import org.sqltune.training.AnswerScorer.AnswerScores;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.gradient.LossEvaluator;
import org.sqltune.training.gradient.LossEvaluator.TokenLoss;

/** Evaluates the model in training on the validation set. */
final class Validation {
    private final Decoder decoder;
    private final List<TokenizedExample> examples;
    private final AnswerScorer answers;
    private final TrainingListener listener;

    Validation(Decoder decoder, List<TokenizedExample> examples, AnswerScorer answers, TrainingListener listener) {
        this.decoder = decoder;
        this.examples = examples;
        this.answers = answers;
        this.listener = listener;
    }

    /** Whether the validation set is empty. */
    boolean isEmpty() {
        return examples.isEmpty();
    }

    /**
     * Computes the loss on all examples, and the scores of a sample of answers if the run is configured for it.
     *
     * @param stop a requested stop ends the evaluation with a {@link StopRequest.Signal}
     */
    EvaluationMetrics evaluate(int step, double epoch, StopRequest stop) {
        TokenLoss loss = new LossEvaluator(decoder).evaluate(examples, stop.watching(ProgressListener.NONE));
        AnswerScores scores = answers == AnswerScorer.NONE
                ? AnswerScores.NONE
                : answers.score(stop.watching(listener.scoring("validation", "step " + step)));
        return new EvaluationMetrics(step, epoch, loss.loss(), loss.tokenAccuracy(), scores);
    }
}
