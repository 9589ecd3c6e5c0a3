package org.sqltune.postgres.scope;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.postgres.scope.ConversionScope.Found;
import org.sqltune.postgres.scope.Source.SourceColumn;

/** The groups of an aggregated SELECT, and the columns that are constant within a group. */
public final class Grouping {
    private final List<Expression> keys;
    private final Set<String> keyColumns;
    private final Dependencies dependencies;
    private final Set<String> sameInGroup;
    private final @Nullable Call extreme;
    private final Map<String, Field<?>> addedKeys = new LinkedHashMap<>();
    private int aggregatesAround;

    /**
     * @param keys the expressions of GROUP BY
     * @param keyColumns the keys that are columns, by {@link #id}
     * @param extreme the only min or max; null if there is none or several
     */
    public Grouping(List<Expression> keys, Set<String> keyColumns, Dependencies dependencies, @Nullable Call extreme) {
        this.keys = keys;
        this.keyColumns = keyColumns;
        this.dependencies = dependencies;
        this.sameInGroup = dependencies.closure(keyColumns);
        this.extreme = extreme;
    }

    public static String id(Source source, SourceColumn column) {
        return (source.name() + "\0" + column.name()).toLowerCase(Locale.ROOT);
    }

    public boolean isKey(Expression expression) {
        return keys.contains(expression);
    }

    /** Returns whether PostgreSQL accepts the column as constant within a group. */
    public boolean isPlain(Found found) {
        return aggregatesAround > 0
                || keyColumns.contains(id(found.source(), found.column()))
                || dependencies.keyIn(keyColumns, found.source());
    }

    /** Returns whether primary keys and joins prove that the column is constant within a group. */
    public boolean isSameInGroup(Found found) {
        return sameInGroup.contains(id(found.source(), found.column()));
    }

    /** Adds a column to GROUP BY; the groups stay the same. */
    public void addKey(Found found, Field<?> field) {
        addedKeys.putIfAbsent(id(found.source(), found.column()), field);
    }

    public List<Field<?>> addedKeys() {
        return List.copyOf(addedKeys.values());
    }

    /** Returns the call whose row determines the other columns' values. */
    @Nullable
    public Call extreme() {
        return extreme;
    }

    public void enterAggregate() {
        aggregatesAround++;
    }

    public void leaveAggregate() {
        aggregatesAround--;
    }
}
