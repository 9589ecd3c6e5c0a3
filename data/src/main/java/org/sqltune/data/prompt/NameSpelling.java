package org.sqltune.data.prompt;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sqltune.core.schema.ForeignKey;
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

    /**
     * Returns both ends of a foreign key: {@code a.x = b.y}, or of several columns {@code (a.x, a.z) = (b.y, b.w)},
     * which is SQL.
     *
     * @param between what stands between the ends
     * @param spelling how names are written
     */
    static String ends(ForeignKey key, String between, UnaryOperator<String> spelling) {
        return end(key.table(), key.columns(), spelling)
                + between
                + end(key.referencedTable(), key.referencedColumns(), spelling);
    }

    private static String end(String table, List<String> columns, UnaryOperator<String> spelling) {
        String list = columns.stream()
                .map(column -> spelling.apply(table) + "." + spelling.apply(column))
                .collect(Collectors.joining(", "));
        return columns.size() == 1 ? list : "(" + list + ")";
    }
}
