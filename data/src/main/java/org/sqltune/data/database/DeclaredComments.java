package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Reads column comments from SQLite's CREATE TABLE statements. SQLite has no comments on columns, but it stores the
 * statements as typed: an SQL comment after a column's definition describes the column.
 */
public final class DeclaredComments {
    /** On the same line: a comment on its own line describes the lines below it. */
    private static final Pattern COMMENT =
            Pattern.compile("[^\\n]*?(?:--[ \\t]*([^\\n]*)|/\\*\\s*(.*?)\\s*\\*/)", Pattern.DOTALL);

    private static final String STATEMENTS =
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT NULL";

    private DeclaredComments() {}

    /**
     * Returns the schema with these comments; existing comments stay.
     *
     * @throws SQLException if the database can't be read
     */
    public static Schema in(Schema schema, Connection connection) throws SQLException {
        Map<String, String> statements = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STATEMENTS)) {
            while (row.next()) {
                statements.put(row.getString(1), row.getString(2));
            }
        }
        return schema.withTables(schema.tables().stream()
                .map(table -> with(table, of(statements.getOrDefault(table.name(), ""))))
                .toList());
    }

    private static Table with(Table table, Map<String, String> comments) {
        return table.withColumns(table.columns().stream()
                .map(column -> column.comment().isEmpty()
                        ? column.withComment(comments.getOrDefault(column.name().toLowerCase(Locale.ROOT), ""))
                        : column)
                .toList());
    }

    /** Returns comments by the first word of the preceding definition, in lower case. */
    static Map<String, String> of(String createTable) {
        Map<String, String> comments = new HashMap<>();
        List<SqlToken> tokens = SqlScanner.scan(createTable);
        int depth = 0;
        String column = "";
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean begins = i > 0
                    && depth == 1
                    && (tokens.get(i - 1).isSymbol(",") || (tokens.get(i - 1).isSymbol("(") && column.isEmpty()));
            if (begins) {
                column = token.content().toLowerCase(Locale.ROOT);
            }
            int end = i + 1 < tokens.size() ? tokens.get(i + 1).start() : createTable.length();
            Matcher comment = COMMENT.matcher(createTable.substring(token.end(), end));
            if (depth > 0 && !column.isEmpty() && comment.lookingAt()) {
                String text = comment.group(1) == null ? comment.group(2) : comment.group(1);
                comments.putIfAbsent(column, text.replaceAll("\\s+", " ").strip());
            }
        }
        return comments;
    }
}
