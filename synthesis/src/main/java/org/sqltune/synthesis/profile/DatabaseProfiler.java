package org.sqltune.synthesis.profile;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.data.database.ValueSampler.RowReader;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;

/** Profiles databases from the first rows of every table. */
public final class DatabaseProfiler {
    /** Number of rows read per table: enough for values and roles, and bounded for large databases. */
    static final int SAMPLED_ROWS = 2_000;

    private DatabaseProfiler() {}

    /**
     * Profiles a database, without empty tables and without foreign keys of several columns.
     *
     * @param schema the database's structure
     * @param connection an open SQLite connection; it is only read
     * @throws SqlTuneException if a table of the schema can't be read
     */
    public static DatabaseProfile profile(Schema schema, Connection connection) {
        return profile(schema, (query, row) -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        values.add(result.getObject(i));
                    }
                    row.accept(values);
                }
                return true;
            } catch (SQLException e) {
                throw new SqlTuneException(
                        "Can't read a table of database " + schema.databaseId() + ": " + e.getMessage()
                                + ". Give the schema that belongs to the database",
                        e);
            }
        });
    }

    /**
     * Profiles a database, without tables that are empty or can't be read, and without foreign keys of several columns.
     *
     * @param schema the database's structure
     * @param reader reads the database's rows
     */
    public static DatabaseProfile profile(Schema schema, RowReader<RuntimeException> reader) {
        List<TableProfile> tables = new ArrayList<>();
        SpokenNames names = new SpokenNames(schema);
        for (Table table : schema.tables()) {
            if (!table.columns().isEmpty()) {
                profile(schema, table, names, reader)
                        .filter(profile -> profile.rows() > 0)
                        .ifPresent(tables::add);
            }
        }
        List<Link> links = new ArrayList<>();
        for (ForeignKey key : schema.foreignKeys()) {
            link(schema, key, tables).ifPresent(links::add);
        }
        return new DatabaseProfile(tables, links);
    }

    /** Returns a table's profile; empty if its rows can't be read. */
    private static Optional<TableProfile> profile(
            Schema schema, Table table, SpokenNames names, RowReader<RuntimeException> reader) {
        List<Column> columns = table.columns();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        String selected = columns.stream()
                .map(column -> SqlIdentifiers.quoted(column.name()))
                .collect(Collectors.joining(", "));
        String query = "SELECT " + selected + " FROM " + SqlIdentifiers.quoted(table.name()) + " LIMIT " + SAMPLED_ROWS;
        if (!reader.forEach(query, rows::add)) {
            return Optional.empty();
        }
        List<ColumnProfile> profiles = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i).withComment(names.of(columns.get(i)));
            boolean refers = schema.foreignKeys().stream().anyMatch(key -> key.refersFrom(table.name(), column.name()));
            boolean named = columns.stream().anyMatch(other -> !other.primaryKey() && ColumnProfiler.isName(other));
            int place = i;
            List<@Nullable Object> seen = new ArrayList<>();
            rows.forEach(row -> seen.add(row.get(place)));
            profiles.add(ColumnProfiler.profile(column, refers, named, seen).in(schema.dialect()));
        }
        return Optional.of(new TableProfile(table.name(), profiles, rows.size(), names.of(table), schema.dialect()));
    }

    private static Optional<Link> link(Schema schema, ForeignKey key, List<TableProfile> tables) {
        Optional<TableProfile> child = find(tables, key.table());
        Optional<TableProfile> parent = find(tables, key.referencedTable());
        if (child.isEmpty() || parent.isEmpty() || child.equals(parent)) {
            return Optional.empty();
        }
        long sameEnds = schema.foreignKeys().stream()
                .filter(other -> other.table().equalsIgnoreCase(key.table())
                        && other.referencedTable().equalsIgnoreCase(key.referencedTable()))
                .count();
        // Two references to one table, or one of two columns, need words that the schema doesn't have.
        if (sameEnds > 1 || key.isComposite()) {
            return Optional.empty();
        }
        return child.get()
                .column(key.column())
                .flatMap(reference -> parent.get()
                        .column(key.referencedColumn())
                        .map(referenced -> new Link(child.get(), reference, parent.get(), referenced)));
    }

    private static Optional<TableProfile> find(List<TableProfile> tables, String name) {
        return tables.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
    }
}
