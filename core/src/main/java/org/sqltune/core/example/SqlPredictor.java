package org.sqltune.core.example;

import java.util.List;
import java.util.function.BiConsumer;
import org.sqltune.core.progress.ProgressListener;

/**
 * Answers questions with SQL. It takes a batch, so that questions about one schema can share the computation of the
 * schema's tokens. Evaluation depends on this interface only.
 */
@FunctionalInterface
public interface SqlPredictor {
    /** Receives answers as they come. */
    @FunctionalInterface
    interface AnswerListener {
        /**
         * Called once for each question, by the thread that asked, in any order.
         *
         * @param place the question's index in the batch
         */
        void answered(int place, SqlPrediction answer);
    }

    /**
     * Answers every question.
     *
     * @param questions any number of questions about any databases
     * @param progress called after each answer
     * @return one prediction per question, in the order of the questions
     */
    List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress);

    /**
     * Answers every question, and hands over each answer as soon as it is there, so that the caller can work on it while
     * others are computed. A predictor that has all answers at once hands them over in the questions' order.
     *
     * @param listener what it throws ends the batch and is thrown on
     */
    default void predictEach(List<SqlQuestion> questions, AnswerListener listener) {
        List<SqlPrediction> answers = predict(questions, ProgressListener.NONE);
        for (int i = 0; i < answers.size(); i++) {
            listener.answered(i, answers.get(i));
        }
    }

    /**
     * What {@link #predict} of a predictor is that hands over its answers one by one.
     *
     * @param each its {@link #predictEach}
     */
    static List<SqlPrediction> gathered(
            List<SqlQuestion> questions,
            ProgressListener progress,
            BiConsumer<List<SqlQuestion>, AnswerListener> each) {
        SqlPrediction[] answers = new SqlPrediction[questions.size()];
        int[] done = {0};
        each.accept(questions, (place, answer) -> {
            answers[place] = answer;
            progress.advanced(++done[0], answers.length, "");
        });
        return List.of(answers);
    }
}
