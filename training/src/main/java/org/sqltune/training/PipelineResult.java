package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.Evaluation;

/**
 * Result of a whole run.
 *
 * @param training result of the training itself
 * @param fullModel folder of the base model with the adapter merged in; null if {@code save_full_model} is off
 * @param sets scores before and after training, one entry per scored set; empty if the data has no questions to score
 * @param notes remarks on the data that affect how to read the results, one sentence each
 */
public record PipelineResult(
        TrainingResult training, @Nullable Path fullModel, List<ScoredSet> sets, List<String> notes) {
    public PipelineResult {
        sets = List.copyOf(sets);
        notes = List.copyOf(notes);
    }

    /**
     * Scores of one set of questions before and after training.
     *
     * @param name {@code validation} or {@code test}
     * @param before scores of the untrained model
     * @param after scores of the trained model
     */
    public record ScoredSet(String name, Evaluation before, Evaluation after) {}
}
