package org.sqltune.postgres.schema;

import org.jooq.DataType;
import org.jooq.Name;

/**
 * A converted column.
 *
 * @param sqliteName its name in SQLite
 * @param name its name in PostgreSQL, quoted where needed
 * @param type PostgreSQL's type
 * @param kind how SQLite reckons with its values
 * @param affinity SQLite's affinity of the column
 * @param nullable whether it holds a NULL
 * @param facts what its texts are
 */
public record PostgresColumn(
        String sqliteName,
        Name name,
        DataType<?> type,
        ValueKind kind,
        Affinity affinity,
        boolean nullable,
        TextFacts facts) {}
