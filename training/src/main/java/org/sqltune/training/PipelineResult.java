package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.Evaluation;

/**
 * What a run came to.
 *
 * @param training how training ended
 * @param fullModel where the adapter lies merged into its base; null where that was not asked for
 * @param sets scores of the sets that could be scored, none where the data has no questions to execute
 * @param notes what a reader of the results should know about the data, a sentence each
 */
public record PipelineResult(
        TrainingResult training, @Nullable Path fullModel, List<ScoredSet> sets, List<String> notes) {
    public PipelineResult {
        sets = List.copyOf(sets);
        notes = List.copyOf(notes);
    }

    /**
     * One set of questions, scored before and after training.
     *
     * @param name what the set is called: {@code validation} or {@code test}
     * @param before scores of the model as it was
     * @param after scores of what was trained
     */
    public record ScoredSet(String name, Evaluation before, Evaluation after) {}
}
