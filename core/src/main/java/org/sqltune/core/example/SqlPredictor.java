package org.sqltune.core.example;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;

/**
 * Answers questions with SQL. It takes a batch, so that questions about one schema can share the computation of the
 * schema's tokens. Evaluation depends on this interface only.
 */
@FunctionalInterface
public interface SqlPredictor {
    /**
     * Answers every question.
     *
     * @param questions any number of questions about any databases
     * @param progress called after each answer
     * @return one prediction per question, in the order of the questions
     */
    List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress);
}
