package org.sqltune.core.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a result in memory. */
public final class ResultCollector implements RowSink {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private List<String> columns = List.of();
    private List<@Nullable Object> row = new ArrayList<>();

    @Override
    public void columns(List<String> names) {
        columns = names;
    }

    @Override
    public void value(@Nullable Object value) {
        row.add(value);
        if (row.size() == columns.size()) {
            rows.add(row);
            row = new ArrayList<>(columns.size());
        }
    }

    /**
     * Returns the complete rows.
     *
     * @param truncated whether a limit truncated the rows
     */
    public QueryResult result(boolean truncated) {
        return new QueryResult(columns, rows, truncated);
    }
}
