package org.sqltune.core.sql.scope;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.FromItem;

/**
 * One thing that FROM reads rows of.
 *
 * @param item where it stands in the tree
 * @param calledBy what qualifies its columns: its alias or the table's name; empty for a query without alias
 * @param schema the attached database's name; null if it isn't given
 * @param table the table's or view's name; null for a query, named by WITH or not
 * @param columns in order; null if they aren't known
 * @param group the name of the parentheses that it stands in, which qualifies its columns, too; null if there is none
 * @param merged the columns, in lower case, that USING or NATURAL makes one with those of a source further left
 */
public record QuerySource(
        FromItem item,
        String calledBy,
        @Nullable String schema,
        @Nullable String table,
        @Nullable List<String> columns,
        @Nullable String group,
        Set<String> merged) {

    /** Whether columns written with this qualifier are meant to be its own. */
    boolean isCalled(@Nullable String schemaName, String qualifier) {
        boolean inSchema =
                schemaName == null || (table != null && schemaName.equalsIgnoreCase(schema == null ? "main" : schema));
        return (inSchema && calledBy.equalsIgnoreCase(qualifier))
                || (schemaName == null && qualifier.equalsIgnoreCase(group));
    }

    QuerySource merging(Set<String> others) {
        return new QuerySource(item, calledBy, schema, table, columns, group, others);
    }

    QuerySource inGroup(String name) {
        return new QuerySource(item, calledBy, schema, table, columns, name, merged);
    }

    /** Whether it is known to have a column of that name. */
    public boolean has(String column) {
        return columns != null && columns.stream().anyMatch(column::equalsIgnoreCase);
    }

    boolean isMerged(String column) {
        return merged.contains(column.toLowerCase(Locale.ROOT));
    }
}
