package org.sqltune.postgres.query;

import java.util.List;
import org.sqltune.postgres.schema.ValueKind;

/**
 * A query in PostgreSQL.
 *
 * @param sql one statement, without a closing semicolon
 * @param columns what its columns hold
 * @param ordered whether it prescribes an order of its rows
 * @param freeRow whether values are taken from any one row of a group, or a list is joined in any order
 * @param limited whether rows are cut off somewhere, so that ties may decide which remain
 * @param first the same query where every free choice falls on the first by value
 * @param last the same query where every free choice falls on the last by value; where the two yield the same, nothing
 *     was free
 */
public record TranslatedQuery(
        String sql,
        List<ValueKind> columns,
        boolean ordered,
        boolean freeRow,
        boolean limited,
        String first,
        String last) {
    public TranslatedQuery {
        columns = List.copyOf(columns);
    }
}
