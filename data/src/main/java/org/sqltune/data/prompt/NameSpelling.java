package org.sqltune.data.prompt;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.SqlIdentifiers;

/** Spells names of tables and columns so that they can be copied into a query. */
final class NameSpelling {
    private NameSpelling() {}

    /** Returns the name, quoted if SQLite, PostgreSQL or the dialect requires it. */
    static String quoted(String name, SqlDialect dialect) {
        return dialect.readsBare(name) ? SqlIdentifiers.quotedIfNeeded(name) : SqlIdentifiers.quoted(name);
    }

    /** Returns {@code a, "b c"}, each like {@link #quoted(String, SqlDialect)}. */
    static String list(List<String> names, SqlDialect dialect) {
        return names.stream().map(name -> quoted(name, dialect)).collect(Collectors.joining(", "));
    }

    /** Returns the name on one line, quoted only if the dialect itself requires it. */
    static String inText(String name, SqlDialect dialect) {
        return ColumnNotes.oneLine(SqlIdentifiers.quotedIfNeeded(name, dialect));
    }

    /**
     * Returns both ends of a foreign key: {@code a.x = b.y}, or for several columns {@code (a.x, a.z) = (b.y, b.w)},
     * which is SQL.
     *
     * @param between the text between the ends
     * @param spelling spells a name
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
