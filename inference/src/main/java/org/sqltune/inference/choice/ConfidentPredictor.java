package org.sqltune.inference.choice;

import java.util.List;
import java.util.function.Supplier;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;

/**
 * Says of each answer how probably it is right.
 *
 * @param answers answers, and knows what speaks for them
 * @param confidence of the adapter that is in use
 */
public record ConfidentPredictor(SqlPredictor answers, Supplier<Confidence> confidence) implements SqlPredictor {
    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        Confidence own = confidence.get();
        return answers.predict(questions, progress).stream()
                .map(each -> each.withConfidence(own.of(each.evidence())))
                .toList();
    }

    @Override
    public void predictEach(List<SqlQuestion> questions, AnswerListener listener) {
        Confidence own = confidence.get();
        answers.predictEach(
                questions, (place, each) -> listener.answered(place, each.withConfidence(own.of(each.evidence()))));
    }
}
