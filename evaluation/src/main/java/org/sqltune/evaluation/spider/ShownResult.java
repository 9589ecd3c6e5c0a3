package org.sqltune.evaluation.spider;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.evaluation.report.ResultExcerpt;

/**
 * What a prediction and its gold query return, for a reader.
 *
 * @param gold the beginning of the gold query's result; null if it fails
 * @param predicted the beginning of the prediction's; null if it fails
 * @param failure why the prediction fails; null if it doesn't
 * @param error one line on why the prediction, or else the gold query, fails; empty if neither does
 */
public record ShownResult(
        @Nullable ResultExcerpt gold,
        @Nullable ResultExcerpt predicted,
        @Nullable Kind failure,
        String error) {}
