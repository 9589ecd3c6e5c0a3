package org.sqltune.data.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.MemoryDatabase;
import org.sqltune.core.sql.syntax.Statements;

/**
 * Checks a query's names against a schema with SQLite's compiler: it creates the schema's empty tables in memory and
 * compiles the query without running it. So it needs no database and checks the prompt's schema. A text in double
 * quotes that isn't a name counts as a value, as in SQLite.
 */
final class SchemaCheck implements AutoCloseable {
    private static final Pattern UNKNOWN = Pattern.compile("no such (?:column|table): [^)]*");

    private final Connection connection;
    private final boolean known;

    /** @param schema the queries' schema; a text is usable if it has CREATE TABLE statements that SQLite accepts */
    SchemaCheck(SchemaContent schema) throws SQLException {
        connection = MemoryDatabase.open();
        known = create(statements(schema));
    }

    /**
     * Returns the query's first name that the schema lacks, in SQLite's words; empty if there is none or it can't be
     * determined.
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

    /**
     * Returns a CREATE TABLE statement for a table or view, so that the query is the only foreign SQL that is
     * compiled.
     */
    private static String plainTable(Table table) {
        return table.columns().stream()
                .map(column -> SqlIdentifiers.quoted(column.name()))
                .collect(Collectors.joining(", ", "CREATE TABLE " + SqlIdentifiers.quoted(table.name()) + " (", ")"));
    }

    /** Returns the CREATE TABLE statements of a script; other statements aren't run. */
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
