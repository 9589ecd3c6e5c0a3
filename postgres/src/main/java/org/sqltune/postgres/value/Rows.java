package org.sqltune.postgres.value;

import java.util.List;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;

/**
 * A converted query.
 *
 * @param select how PostgreSQL writes it
 * @param columns what it yields
 */
public record Rows(Select<Record> select, List<Output> columns) {

    /**
     * One column of the result.
     *
     * @param name as SQLite calls it
     * @param sqlName as PostgreSQL calls it
     * @param value what it holds
     */
    public record Output(String name, Name sqlName, ConvertedValue value) {}
}
