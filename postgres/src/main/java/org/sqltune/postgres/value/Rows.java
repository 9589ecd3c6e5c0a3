package org.sqltune.postgres.value;

import java.util.List;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;

/**
 * A converted query.
 *
 * @param select the query in PostgreSQL
 * @param columns the result columns
 */
public record Rows(Select<Record> select, List<Output> columns) {

    /**
     * A result column.
     *
     * @param name the name in SQLite
     * @param sqlName the name in PostgreSQL
     * @param value the column's value
     */
    public record Output(String name, Name sqlName, ConvertedValue value) {}
}
