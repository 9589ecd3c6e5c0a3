package org.sqltune.core.example;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;

/**
 * Answers questions with SQL. Takes a batch, so that questions of one schema can share the work on it. Evaluation knows
 * predictors by this interface alone.
 */
@FunctionalInterface
public interface SqlPredictor {
    /**
     * Answers every question.
     *
     * @param questions any number, of any databases
     * @param progress told after each answer
     * @return one prediction a question, in the questions' order
     */
    List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress);
}
