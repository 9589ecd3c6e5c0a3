package org.sqltune.core.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.worker.ForeignDatabase;

/**
 * Reads the structure of an SQLite database with the pragmas of <a
 * href="https://www.sqlite.org/pragma.html">sqlite.org/pragma.html</a>. Names are passed as bound parameters, so that
 * no name is executed as SQL. SQLite's own tables and the tables behind virtual tables are left out. A table or view that
 * SQLite itself can't read, such as a virtual table of a module that isn't there, is left out with a note.
 */
public final class SchemaReader {
    /** Two lists that are joined here: SQLite would go through the second for each row of the first. */
    private static final String OBJECTS = """
            SELECT name, sql FROM sqlite_master
            WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
            ORDER BY rowid""";

    private static final String KINDS = "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'";

    /** {@code hidden} is 1 for a virtual table's hidden columns, 2 and 3 for generated columns, which are kept. */
    private static final String COLUMNS =
            "SELECT name, type, pk, hidden FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1 ORDER BY cid";

    /** The same of all tables at once: a question for each would take its time where another process answers. */
    private static final String ALL_COLUMNS = """
            SELECT x.name, x.type, x.pk, x.hidden, m.name
            FROM sqlite_master AS m, pragma_table_xinfo(m.name, 'main') AS x
            WHERE m.type = 'table' AND x.hidden <> 1 ORDER BY m.rowid, x.cid""";

    private static final int STORED = 3;

    private final boolean views;

    /** Reads tables. */
    public SchemaReader() {
        this(false);
    }

    private SchemaReader(boolean views) {
        this.views = views;
    }

    /** Reads views, too, which then stand behind the tables. */
    public static SchemaReader withViews() {
        return new SchemaReader(true);
    }

    /**
     * Reads a database file in a process of its own, within the limits of {@link ForeignDatabase}. The schema's {@code
     * databaseId} is the file's name without its extension.
     *
     * @throws SqlTuneException if the file doesn't exist, isn't an SQLite database or takes too long to read
     */
    public Schema read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SqlTuneException("No database file " + file + ": name an SQLite file that exists");
        }
        try (ForeignDatabase database = ForeignDatabase.of(file)) {
            return read(database);
        }
    }

    /** As {@link #read(Path)}, for whoever reads rows of the database, too. */
    public Schema read(ForeignDatabase database) {
        try (Connection connection = database.structure()) {
            return read(connection, nameOf(database.file()));
        } catch (SQLException e) {
            throw new SqlTuneException(
                    "Can't read " + database.file() + " as an SQLite database: " + e.getMessage() + ". Check the file",
                    e);
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
        List<Table> shownViews = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, Kind> kinds = kinds(connection);
        Map<String, List<Listed>> listed = listed(connection);
        try (PreparedStatement columns = connection.prepareStatement(COLUMNS)) {
            for (Declared declared : objects(connection)) {
                Kind kind = kinds.getOrDefault(declared.name(), Kind.UNKNOWN);
                if (kind.isTable() || (views && kind.isView())) {
                    try {
                        (kind.isView() ? shownViews : tables).add(table(declared, kind, listed, columns));
                    } catch (SQLException e) {
                        if (kind.isRows()) {
                            throw e;
                        }
                        notes.add("The " + (kind.isView() ? "view " : "virtual table ") + declared.name()
                                + " isn't shown, SQLite can't read it: " + e.getMessage());
                    }
                }
            }
        }
        List<ForeignKey> foreignKeys = new SqliteForeignKeys(tables).read(connection);
        tables.addAll(shownViews);
        return new Schema(databaseId, tables, foreignKeys, SqlDialect.SQLITE, List.of(), notes);
    }

    /**
     * A table or view as it was declared.
     *
     * @param sql the statement; empty if SQLite keeps none
     */
    private record Declared(String name, String sql) {}

    /**
     * What SQLite says of a table or view.
     *
     * @param type {@code table}, {@code virtual}, {@code view} or {@code shadow}
     * @param options what stands behind a table's columns
     */
    private record Kind(String type, String options) {
        static final Kind UNKNOWN = new Kind("", "");

        boolean isView() {
            return type.equals("view");
        }

        boolean isRows() {
            return type.equals("table");
        }

        boolean isTable() {
            return isRows() || type.equals("virtual");
        }

        TableForm form(DeclarationText text) {
            if (isView()) {
                return new TableForm.View("VIEW", text.viewQuery());
            }
            return isRows() ? new TableForm.Rows(options) : new TableForm.Virtual(text.module());
        }
    }

    private static List<Declared> objects(Connection connection) throws SQLException {
        List<Declared> objects = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OBJECTS)) {
            while (row.next()) {
                objects.add(new Declared(row.getString(1), row.getString(2) == null ? "" : row.getString(2)));
            }
        }
        return objects;
    }

    private static Map<String, Kind> kinds(Connection connection) throws SQLException {
        Map<String, Kind> kinds = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(KINDS)) {
            while (row.next()) {
                List<String> options = new ArrayList<>();
                if (row.getInt(3) != 0) {
                    options.add("WITHOUT ROWID");
                }
                if (row.getInt(4) != 0) {
                    options.add("STRICT");
                }
                kinds.put(row.getString(1), new Kind(row.getString(2), String.join(", ", options)));
            }
        }
        return kinds;
    }

    /**
     * A column as the pragma lists it.
     *
     * @param key its position in the primary key, from 1; 0 if it isn't part of it
     */
    private record Listed(String name, @Nullable String type, int key, int hidden) {
        static Listed of(ResultSet row) throws SQLException {
            return new Listed(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4));
        }
    }

    /** The columns of all tables, by the tables' names; none if one of them can't be read, as each is then asked for. */
    private static Map<String, List<Listed>> listed(Connection connection) {
        Map<String, List<Listed>> listed = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL_COLUMNS)) {
            while (row.next()) {
                listed.computeIfAbsent(row.getString(5), name -> new ArrayList<>())
                        .add(Listed.of(row));
            }
            return listed;
        } catch (SQLException e) {
            return Map.of();
        }
    }

    private static List<Listed> columns(String table, PreparedStatement statement) throws SQLException {
        List<Listed> columns = new ArrayList<>();
        statement.setString(1, table);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                columns.add(Listed.of(row));
            }
        }
        return columns;
    }

    private static Table table(
            Declared declared, Kind kind, Map<String, List<Listed>> listed, PreparedStatement statement)
            throws SQLException {
        DeclarationText text = new DeclarationText(declared.sql());
        Map<String, String> generated = kind.isRows() ? text.generatedColumns() : Map.of();
        List<Column> columns = new ArrayList<>();
        Map<Integer, String> primaryKey = new HashMap<>();
        List<Listed> known = listed.get(declared.name());
        for (Listed each : known == null ? columns(declared.name(), statement) : known) {
            Column column = new Column(each.name(), type(each.type()), each.key() > 0);
            String expression = generated.getOrDefault(each.name().toLowerCase(Locale.ROOT), "");
            boolean computed = each.hidden() > 1 && !expression.isEmpty();
            columns.add(computed ? column.withGeneration(generation(expression, each.hidden())) : column);
            if (column.primaryKey()) {
                primaryKey.put(each.key(), each.name());
            }
        }
        List<String> key =
                primaryKey.keySet().stream().sorted().map(primaryKey::get).toList();
        return new Table(declared.name(), columns, key, kind.form(text));
    }

    private static String generation(String expression, int hidden) {
        return "GENERATED ALWAYS AS " + expression + (hidden == STORED ? " STORED" : " VIRTUAL");
    }

    /** SQLite keeps a type as it was typed, comments within it included. */
    private static String type(@Nullable String declared) {
        String type = declared == null ? "" : declared;
        boolean commented = type.contains("--") || type.contains("/*");
        return (commented ? DeclarationText.oneLine(type) : type).toLowerCase(Locale.ROOT);
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
