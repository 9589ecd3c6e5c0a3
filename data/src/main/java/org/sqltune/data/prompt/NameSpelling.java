package org.sqltune.data.prompt;

import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.SqlIdentifiers;

/** Names of tables and columns as they can be copied into a query. */
final class NameSpelling {
    private NameSpelling() {}

    /** Quoted where SQLite, PostgreSQL or the dialect needs it. */
    static String quoted(String name, SqlDialect dialect) {
        return dialect.readsBare(name) ? SqlIdentifiers.quotedIfNeeded(name) : SqlIdentifiers.quoted(name);
    }

    /** {@code a, "b c"}, each as {@link #quoted(String, SqlDialect)} has it. */
    static String list(List<String> names, SqlDialect dialect) {
        return names.stream().map(name -> quoted(name, dialect)).collect(Collectors.joining(", "));
    }

    /** On one line, in quotes only where the dialect itself needs them. */
    static String inText(String name, SqlDialect dialect) {
        return ColumnNotes.oneLine(SqlIdentifiers.quotedIfNeeded(name, dialect));
    }
}
