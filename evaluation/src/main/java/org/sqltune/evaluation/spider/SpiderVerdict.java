package org.sqltune.evaluation.spider;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.evaluation.spider.match.SetMatch;

/**
 * The official evaluators' verdicts on one prediction.
 *
 * @param index its position in the file, from 0
 * @param databaseId the database
 * @param hardness the gold query's hardness; null if the official grammar can't parse it
 * @param match exact set match; null if the gold query can't be parsed
 * @param originalExecution execution match by the original evaluator; null if undecided: no database, or the gold
 *     query can't be parsed or run
 * @param testSuiteExecution execution match by the test suite's evaluator; null if undecided
 * @param unparseable whether the official grammar can't parse the prediction, which then counts as an empty query
 */
public record SpiderVerdict(
        int index,
        String databaseId,
        @Nullable QueryHardness hardness,
        @Nullable SetMatch match,
        @Nullable Boolean originalExecution,
        @Nullable Boolean testSuiteExecution,
        boolean unparseable) {}
