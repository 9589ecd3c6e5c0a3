package org.sqltune.postgres.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.postgres.schema.PostgresSchema.PostgresColumn;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;

/** Creates a converted database in PostgreSQL's current schema and copies all rows. */
public final class DatabaseCopy {
    private static final int CHUNK_CHARS = 1 << 16;

    private final Connection connection;
    private final DSLContext writer = Postgres.writer();

    /** @param connection a connection to PostgreSQL without auto-commit */
    public DatabaseCopy(Connection connection) {
        this.connection = connection;
    }

    /**
     * A summary of a copy.
     *
     * @param definition the executed DDL, without foreign keys that the data violates
     * @param rows number of copied rows
     * @param brokenKeys statements of foreign keys that the data violates
     */
    public record Copied(List<String> definition, long rows, List<String> brokenKeys) {}

    /**
     * Creates the tables and copies the rows.
     *
     * @param schema the schema converted from {@code file}
     * @param file the SQLite file, which is read in a separate process
     * @throws SqlTuneException if PostgreSQL rejects a table or a row, or the file can't be read
     */
    public Copied copy(PostgresSchema schema, Path file) {
        SchemaDefinition definition = new SchemaDefinition(schema);
        List<String> statements = new ArrayList<>(definition.createTables());
        List<String> broken = new ArrayList<>();
        long rows = 0;
        try (SqliteTables source = SqliteTables.open(file);
                Statement statement = connection.createStatement()) {
            for (String create : statements) {
                statement.execute(create);
            }
            for (PostgresTable table : schema.tables()) {
                rows += copy(table, source);
            }
            for (String addKey : definition.addForeignKeys()) {
                (isAccepted(statement, addKey) ? statements : broken).add(addKey);
            }
            for (PostgresTable table : schema.tables()) {
                statement.execute("ANALYZE " + writer.render(table.name()));
            }
            connection.commit();
        } catch (SQLException | IOException e) {
            throw new SqlTuneException(
                    "PostgreSQL didn't take the database " + schema.databaseId() + ": "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
                    e);
        }
        return new Copied(statements, rows, broken);
    }

    private boolean isAccepted(Statement statement, String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            statement.execute(sql);
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            return false;
        }
    }

    private long copy(PostgresTable table, SqliteTables source) throws SQLException, IOException {
        if (table.columns().isEmpty()) {
            return 0;
        }
        String names = table.columns().stream()
                .map(column -> writer.render(column.name()))
                .collect(Collectors.joining(", "));
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + writer.render(table.name()) + " (" + names + ") FROM STDIN (FORMAT csv)");
        try {
            RowWriter rows = new RowWriter(copy);
            List<String> columns =
                    table.columns().stream().map(DatabaseCopy::expression).toList();
            source.forEachRow(table.sqliteName(), columns, rows::write);
            rows.flush();
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Returns the SQL that reads a column; SQLite itself converts numbers to text. */
    private static String expression(PostgresColumn column) {
        String name = SqlIdentifiers.quoted(column.sqliteName());
        return column.kind() == ValueKind.MIXED ? "CAST(" + name + " AS TEXT)" : name;
    }

    /** Writes rows as CSV: values in quotes, NULL as an empty field. */
    private static final class RowWriter {
        private final CopyIn copy;
        private final StringBuilder buffer = new StringBuilder();

        RowWriter(CopyIn copy) {
            this.copy = copy;
        }

        void write(List<@Nullable Object> values) {
            for (int i = 0; i < values.size(); i++) {
                buffer.append(i == 0 ? "" : ",");
                Object value = values.get(i);
                if (value != null) {
                    buffer.append('"').append(text(value)).append('"');
                }
            }
            buffer.append('\n');
            if (buffer.length() > CHUNK_CHARS) {
                flush();
            }
        }

        void flush() {
            byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
            buffer.setLength(0);
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
            } catch (SQLException e) {
                throw new SqlTuneException(
                        "PostgreSQL didn't take the rows: "
                                + String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
                        e);
            }
        }

        /** Removes NUL characters, which PostgreSQL's text can't have. */
        private static String text(Object value) {
            if (value instanceof byte[] blob) {
                return "\\x" + HexFormat.of().formatHex(blob);
            }
            return value.toString().replace("\0", "").replace("\"", "\"\"");
        }
    }
}
