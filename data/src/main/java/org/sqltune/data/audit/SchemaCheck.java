package org.sqltune.data.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.syntax.Statements;

/**
 * Asks SQLite's compiler whether a query's names are in a schema: the schema's empty tables are made in memory, and the
 * query is compiled there but never run. So it works without the database, and it is the schema of the prompt that is
 * checked. A text in double quotes that is no name stays a value, as SQLite has it.
 */
final class SchemaCheck implements AutoCloseable {
    private static final Pattern UNKNOWN = Pattern.compile("no such (?:column|table): [^)]*");

    private final Connection connection;
    private final boolean known;

    /** @param schema of which the queries are; a text counts if it holds CREATE TABLE statements that SQLite takes */
    SchemaCheck(SchemaContent schema) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        known = create(statements(schema));
    }

    /**
     * Returns what the schema lacks of the query's names, in SQLite's words; empty if nothing, or if nobody can tell.
     */
    Optional<String> missing(String sql) {
        if (!known) {
            return Optional.empty();
        }
        try (PreparedStatement compiled = connection.prepareStatement(sql)) {
            return Optional.empty();
        } catch (SQLException e) {
            Matcher unknown = UNKNOWN.matcher(String.valueOf(e.getMessage()));
            return unknown.find() ? Optional.of(unknown.group()) : Optional.empty();
        }
    }

    private boolean create(List<String> statements) {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
            return !statements.isEmpty();
        } catch (SQLException e) {
            return false;
        }
    }

    private static List<String> statements(SchemaContent schema) {
        return schema instanceof VerbatimSchema verbatim
                ? createTables(verbatim.text())
                : ((Schema) schema)
                        .tables().stream().map(SchemaCheck::plainTable).toList();
    }

    /** Views, too, are tables here: nothing is run, and nothing that somebody wrote is compiled but the query. */
    private static String plainTable(Table table) {
        return table.columns().stream()
                .map(column -> SqlIdentifiers.quoted(column.name()))
                .collect(Collectors.joining(", ", "CREATE TABLE " + SqlIdentifiers.quoted(table.name()) + " (", ")"));
    }

    /** Returns those statements of a script that make tables; whatever else stands there isn't run. */
    private static List<String> createTables(String script) {
        return Statements.of(script).stream()
                .filter(tokens -> tokens.size() > 2
                        && tokens.get(0).isWord("create")
                        && tokens.get(1).isWord("table"))
                .map(tokens -> script.substring(
                        tokens.get(0).start(), tokens.get(tokens.size() - 1).end()))
                .toList();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
