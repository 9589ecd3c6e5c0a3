package org.sqltune.data.postgres.query;

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
record Rows(Select<Record> select, List<Output> columns) {

    /**
     * One column of the result.
     *
     * @param name as SQLite calls it
     * @param sqlName as PostgreSQL calls it
     * @param value what it holds
     */
    record Output(String name, Name sqlName, Value value) {}
}
