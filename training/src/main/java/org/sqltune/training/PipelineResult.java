package org.sqltune.training;

import java.util.List;

/**
 * What a run came to.
 *
 * @param training how training ended
 * @param sets scores of the sets that could be scored, none where the data has no questions to execute
 * @param notes what a reader of the results should know about the data, a sentence each
 */
public record PipelineResult(TrainingResult training, List<ScoredSet> sets, List<String> notes) {
    public PipelineResult {
        sets = List.copyOf(sets);
        notes = List.copyOf(notes);
    }
}
