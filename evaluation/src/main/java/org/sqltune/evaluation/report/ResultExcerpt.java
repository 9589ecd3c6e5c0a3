package org.sqltune.evaluation.report;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;

/**
 * The first rows of a result as text, for a reader.
 *
 * @param columns the column names
 * @param rows the first rows; NULL is null
 * @param totalRows number of rows of the whole result
 */
public record ResultExcerpt(List<String> columns, List<List<@Nullable String>> rows, int totalRows) {
    private static final int MAX_ROWS = 5;
    private static final int MAX_COLUMNS = 12;
    private static final int MAX_CHARS = 80;

    /** Returns the excerpt of a result. */
    public static ResultExcerpt of(QueryResult result) {
        return new ResultExcerpt(
                result.columns().stream().limit(MAX_COLUMNS).toList(),
                result.rows().stream()
                        .limit(MAX_ROWS)
                        .map(row -> row.stream()
                                .limit(MAX_COLUMNS)
                                .map(ResultExcerpt::text)
                                .collect(Collectors.toList()))
                        .toList(),
                result.rows().size());
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value instanceof byte[] blob ? blob.length + " bytes" : value.toString();
        return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
    }
}
