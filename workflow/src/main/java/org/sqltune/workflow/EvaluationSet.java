package org.sqltune.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.evaluation.BenchmarkScorer;

/**
 * What is to be scored.
 *
 * @param prompts for the loss
 * @param questions the same as questions; null where the data holds ready prompts
 * @param databases where the questions' databases are; null where there are none
 * @param official the official scorers of the benchmark that the questions are of; empty if they are of none
 * @param notes what a reader of the scores should know, a sentence each
 */
public record EvaluationSet(
        List<PromptCompletion> prompts,
        @Nullable List<Example> questions,
        @Nullable QueryDatabases databases,
        List<BenchmarkScorer> official,
        List<String> notes) {}
