package org.sqltune.core.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqltune.core.SqlTuneException;

/**
 * Reads the structure of an SQLite database with the pragmas of <a
 * href="https://www.sqlite.org/pragma.html">sqlite.org/pragma.html</a>. Names are passed as bound parameters, so that
 * no name is executed as SQL. Views, SQLite's own tables and the tables behind virtual tables are left out.
 */
public final class SchemaReader {
    private static final String TABLES = """
            SELECT m.name FROM sqlite_master AS m
            JOIN pragma_table_list AS l ON l.name = m.name AND l.schema = 'main'
            WHERE m.type = 'table' AND l.type IN ('table', 'virtual') AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
            ORDER BY m.rowid""";

    /** {@code hidden} is 1 for a virtual table's hidden columns, 2 and 3 for generated columns, which are kept. */
    private static final String COLUMNS =
            "SELECT name, type, pk FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1 ORDER BY cid";

    /** The pragma lists the last declared key first. */
    private static final String FOREIGN_KEYS =
            "SELECT \"from\", \"table\", \"to\", seq FROM pragma_foreign_key_list(?, 'main') ORDER BY id DESC, seq";

    /** The columns of a primary key in the key's order, which can differ from the table's. */
    private static final String PRIMARY_KEY = "SELECT name FROM pragma_table_xinfo(?, 'main') WHERE pk > 0 ORDER BY pk";

    /**
     * Reads a database file, opened read-only. The schema's {@code databaseId} is the file's name without its
     * extension.
     *
     * @throws SqlTuneException if the file doesn't exist or isn't an SQLite database
     */
    public Schema read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No database file " + file + ": name an SQLite file that exists");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        // As a URI: a question mark in a bare path would begin the driver's options.
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri())) {
            return read(connection, nameOf(file));
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't read " + file + " as an SQLite database: " + e.getMessage() + ". Check the file", e);
        }
    }

    /**
     * Reads the main database of a connection, which stays open.
     *
     * @param databaseId the schema's {@code databaseId}
     * @throws SQLException if the connection can't be read
     */
    public Schema read(Connection connection, String databaseId) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (String name : strings(connection, TABLES, null)) {
            tables.add(new Table(name, columns(connection, name)));
        }
        Schema keyless = new Schema(databaseId, tables, List.of());
        List<ForeignKey> foreignKeys = new ArrayList<>();
        for (Table table : tables) {
            foreignKeys.addAll(foreignKeys(connection, table, keyless));
        }
        return new Schema(databaseId, tables, foreignKeys);
    }

    private static List<Column> columns(Connection connection, String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String type = row.getString(2) == null ? "" : row.getString(2);
                    columns.add(new Column(row.getString(1), type.toLowerCase(Locale.ROOT), row.getInt(3) > 0));
                }
            }
        }
        return columns;
    }

    /** Reads a table's foreign keys. Keys to a table or column that doesn't exist are left out. */
    private static List<ForeignKey> foreignKeys(Connection connection, Table table, Schema schema) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_KEYS)) {
            statement.setString(1, table.name());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Optional<Table> referenced = schema.table(row.getString(2));
                    if (referenced.isEmpty()) {
                        continue;
                    }
                    Optional<String> from = spelling(table, row.getString(1));
                    Optional<String> to =
                            referencedColumn(connection, referenced.get(), row.getString(3), row.getInt(4));
                    if (from.isPresent() && to.isPresent()) {
                        keys.add(new ForeignKey(
                                table.name(), from.get(), referenced.get().name(), to.get()));
                    }
                }
            }
        }
        return keys;
    }

    /** Returns the referenced column; a key that names none refers to the target's primary key, column by column. */
    private static Optional<String> referencedColumn(
            Connection connection, Table referenced, @Nullable String declared, int positionInKey) throws SQLException {
        if (declared != null) {
            return spelling(referenced, declared);
        }
        List<String> primaryKey = strings(connection, PRIMARY_KEY, referenced.name());
        return positionInKey < primaryKey.size() ? Optional.of(primaryKey.get(positionInKey)) : Optional.empty();
    }

    /** Returns a column's name as its table spells it; a foreign key may write it in another case. */
    private static Optional<String> spelling(Table table, String column) {
        return table.columns().stream()
                .map(Column::name)
                .filter(column::equalsIgnoreCase)
                .findFirst();
    }

    private static List<String> strings(Connection connection, String sql, @Nullable String parameter)
            throws SQLException {
        List<String> strings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    strings.add(row.getString(1));
                }
            }
        }
        return strings;
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
