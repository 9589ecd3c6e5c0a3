package org.sqltune.evaluation.spider;

import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.spider.match.Hardness;
import org.sqltune.evaluation.spider.match.SetMatch;

/**
 * What the official evaluators say about one prediction.
 *
 * @param index its place in the file, from 0
 * @param databaseId the database
 * @param hardness how hard the gold query is; null if the official grammar can't read it
 * @param match exact set match; null if the gold query can't be read
 * @param originalExecution by the original's definition; null if it can't be decided: no database, or the gold query
 *     can't be read or run
 * @param testSuiteExecution by the test suite's definition; null likewise
 * @param unparseable whether the official grammar can't read the prediction, which then counts as an empty query
 */
public record SpiderVerdict(
        int index,
        String databaseId,
        @Nullable Hardness hardness,
        @Nullable SetMatch match,
        @Nullable Boolean originalExecution,
        @Nullable Boolean testSuiteExecution,
        boolean unparseable) {}
