package org.sqltune.core.schema;

import java.util.List;

/**
 * A table of a database.
 *
 * @param name as the database spells it
 * @param columns in the table's order
 */
public record Table(String name, List<Column> columns) {
    public Table {
        columns = List.copyOf(columns);
    }
}
