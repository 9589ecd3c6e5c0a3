package org.sqltune.core.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the foreign keys of an SQLite database. Keys to a table or column that doesn't exist are left out. */
final class SqliteForeignKeys {
    /** All at once; the pragma lists a table's last declared key first. */
    private static final String KEYS = """
            SELECT k.id, k."table", k."from", k."to", m.name
            FROM sqlite_master AS m, pragma_foreign_key_list(m.name, 'main') AS k
            WHERE m.type = 'table' ORDER BY m.rowid, k.id DESC, k.seq""";

    private final List<Table> tables;
    private final Map<String, Table> byName = new HashMap<>();

    /** @param tables the database's tables */
    SqliteForeignKeys(List<Table> tables) {
        this.tables = List.copyOf(tables);
        tables.forEach(table -> byName.putIfAbsent(table.name().toLowerCase(Locale.ROOT), table));
    }

    /** A column of a key. @param to null where the key names none and so means the primary key */
    private record Pair(String from, @Nullable String to) {}

    /** A table's keys by their ids. */
    private static final class Declared {
        private final Map<Integer, List<Pair>> pairs = new LinkedHashMap<>();
        private final Map<Integer, String> targets = new HashMap<>();
    }

    /** In the order of their tables and declarations. */
    List<ForeignKey> read(Connection connection) throws SQLException {
        Map<String, Declared> declared = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(KEYS)) {
            while (row.next()) {
                Declared ofTable = declared.computeIfAbsent(row.getString(5), name -> new Declared());
                ofTable.targets.put(row.getInt(1), row.getString(2));
                ofTable.pairs
                        .computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                        .add(new Pair(row.getString(3), row.getString(4)));
            }
        }
        List<ForeignKey> keys = new ArrayList<>();
        for (Table table : tables) {
            Declared ofTable = declared.getOrDefault(table.name(), new Declared());
            ofTable.pairs.forEach((id, columns) -> add(table, columns, ofTable.targets.getOrDefault(id, ""), keys));
        }
        return keys;
    }

    private void add(Table table, List<Pair> pairs, String target, List<ForeignKey> keys) {
        Table referenced = byName.get(target.toLowerCase(Locale.ROOT));
        if (referenced == null) {
            return;
        }
        Map<String, String> own = spellings(table);
        Map<String, String> others = spellings(referenced);
        List<@Nullable String> from = new ArrayList<>();
        List<@Nullable String> to = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            from.add(own.get(pairs.get(i).from().toLowerCase(Locale.ROOT)));
            String named = pairs.get(i).to();
            to.add(named == null ? keyColumn(referenced, i, pairs.size()) : others.get(named.toLowerCase(Locale.ROOT)));
        }
        if (Collections.frequency(from, null) + Collections.frequency(to, null) == 0) {
            keys.add(new ForeignKey(table.name(), present(from), referenced.name(), present(to)));
        }
    }

    /** A key that names no columns refers to the target's primary key, column by column. */
    private static @Nullable String keyColumn(Table referenced, int position, int columns) {
        List<String> key = referenced.primaryKey();
        return key.size() == columns ? key.get(position) : null;
    }

    /** Columns' names as their table spells them; a foreign key may write them in another case. */
    private static Map<String, String> spellings(Table table) {
        Map<String, String> spellings = new HashMap<>();
        table.columns().forEach(column -> spellings.put(column.name().toLowerCase(Locale.ROOT), column.name()));
        return spellings;
    }

    private static List<String> present(List<@Nullable String> names) {
        List<String> present = new ArrayList<>();
        for (String name : names) {
            if (name != null) {
                present.add(name);
            }
        }
        return present;
    }
}
