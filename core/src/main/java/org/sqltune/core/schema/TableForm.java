package org.sqltune.core.schema;

/** What a table is made as. */
public sealed interface TableForm {
    /** A table of rows without options. */
    TableForm ROWS = new Rows("");

    /**
     * A table of rows.
     *
     * @param options what stands behind its columns, such as {@code WITHOUT ROWID}; empty if nothing
     */
    record Rows(String options) implements TableForm {}

    /**
     * A view, or a table that lies elsewhere.
     *
     * @param kind {@code VIEW}, {@code MATERIALIZED VIEW}, or {@code FOREIGN TABLE}, which has no query
     * @param query the query that it stands for, as one line of SQL; empty if that can't be shown, since it reads what isn't
     *     in the schema
     */
    record View(String kind, String query) implements TableForm {}

    /**
     * A virtual table of SQLite.
     *
     * @param module the module with its arguments, such as {@code fts5(title, body)}
     */
    record Virtual(String module) implements TableForm {}
}
