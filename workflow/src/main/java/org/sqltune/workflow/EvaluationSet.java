package org.sqltune.workflow;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.evaluation.BenchmarkScorer;

/**
 * The questions and prompts to score.
 *
 * @param prompts writes the prompts for the loss
 * @param questions the same as questions; null if the data has ready prompts
 * @param databases the questions' databases; null if there are none
 * @param official the official scorers of the questions' benchmark; may be empty
 * @param notes remarks for readers of the scores, one sentence each
 */
public record EvaluationSet(
        Supplier<List<PromptCompletion>> prompts,
        @Nullable List<Example> questions,
        @Nullable QueryDatabases databases,
        List<BenchmarkScorer> official,
        List<String> notes) {
    /** A set of ready prompts, which have no questions. */
    static EvaluationSet ofPrompts(List<PromptCompletion> prompts, List<String> notes) {
        return new EvaluationSet(() -> prompts, null, null, List.of(), notes);
    }
}
