package org.sqltune.evaluation.spider.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SelectUnit;
import org.sqltune.evaluation.spider.grammar.ValueUnit;

/**
 * Execution accuracy of the original evaluator: result columns are keyed by the parsed select list, without the
 * functions around them, and both maps must be equal, rows in order. Of two columns with the same key only the later
 * one counts; a prediction that can't be parsed has no columns; {@code *} is the result's first column.
 */
public final class OriginalExecution {
    private OriginalExecution() {}

    /**
     * Returns whether the prediction returns the gold query's result.
     *
     * @param predicted the prediction in its comparable form
     * @param gold the gold query in its comparable form
     * @throws SqlExecutionException if the gold query can't be run
     */
    public static boolean matches(
            SqlExecutor executor, String predictedSql, String goldSql, ParsedQuery predicted, ParsedQuery gold) {
        if (predicted.select().isEmpty() != gold.select().isEmpty()) {
            return false;
        }
        QueryResult found;
        try {
            found = executor.execute(predictedSql);
        } catch (SqlExecutionException e) {
            return false;
        }
        QueryResult wanted = executor.execute(goldSql);
        Map<Object, List<@Nullable Object>> foundColumns = columns(found, predicted.select());
        return !found.truncated() && foundColumns != null && foundColumns.equals(columns(wanted, gold.select()));
    }

    /**
     * Returns columns by key; null if the parsed query has more columns than the result, where the official code
     * fails.
     */
    private static @Nullable Map<Object, List<@Nullable Object>> columns(QueryResult result, List<SelectUnit> units) {
        if (!result.rows().isEmpty() && units.size() > result.columns().size()) {
            return null;
        }
        Map<Object, List<@Nullable Object>> columns = new HashMap<>();
        for (int i = 0; i < units.size(); i++) {
            List<@Nullable Object> column = new ArrayList<>(result.rows().size());
            for (List<@Nullable Object> row : result.rows()) {
                column.add(PythonValues.comparable(row.get(i)));
            }
            columns.put(key(units.get(i).value()), column);
        }
        return columns;
    }

    private static Object key(ValueUnit unit) {
        return unit.right() == null ? unit.left() : unit;
    }
}
