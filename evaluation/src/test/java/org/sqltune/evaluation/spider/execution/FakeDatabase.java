package org.sqltune.evaluation.spider.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;

/** Answers known queries, refuses others, and remembers what it was asked. */
final class FakeDatabase implements SqlExecutor {
    private final Map<String, QueryResult> results = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** A query with its rows; all have one column. */
    FakeDatabase with(String sql, @Nullable Object... values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(Arrays.asList(value));
        }
        results.put(sql, new QueryResult(List.of("x"), rows, false));
        return this;
    }

    FakeDatabase with(String sql, QueryResult result) {
        results.put(sql, result);
        return this;
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public QueryResult execute(String sql) {
        asked.add(sql);
        QueryResult result = results.get(sql);
        if (result == null) {
            throw new SqlExecutionException(SqlExecutionException.Kind.SYNTAX, "syntax error in " + sql);
        }
        return result;
    }
}
