package org.sqltune.core.sql.recognizer.name;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/**
 * The names of one database, with tries of them, and what was found out about them. Safe for use by several threads.
 */
public final class SchemaNames {
    /** Answers of a schema ask the same few things again and again. */
    private static final int MOST_KEPT = 20_000;

    private static final int LEAST_KEPT = 100;

    /** What is kept is mostly sets of names: so many names of all of them together at most. */
    private static final int MOST_NAMES_KEPT = 1_000_000;

    private final Map<String, Columns> tables = new LinkedHashMap<>();
    private final Map<String, List<String>> tablesWith = new LinkedHashMap<>();
    private final NameTries tableTries;
    private final NameTries sourceTries;
    private final NameTries columnTries;
    private final NameTries functionTries = NameTries.ofWords(SqliteFunction.ALL.keySet());
    private final NameTries keywordTries = NameTries.ofWords(GrammarWords.KEYWORDS);
    private final NameTries typeTries = NameTries.ofWords(GrammarWords.TYPES);
    private final Map<Object, Object> known = new ConcurrentHashMap<>();
    private final int mostKept;
    private final boolean any;

    /** @param writable whether a name can be written at all; a column that can't is still there for a star */
    public SchemaNames(Schema schema, Predicate<String> writable) {
        this(schema, writable, false);
    }

    private SchemaNames(Schema schema, Predicate<String> writable, boolean any) {
        this.any = any;
        List<String> columnNames = new ArrayList<>();
        List<String> tableNames = new ArrayList<>();
        for (Table table : schema.tables()) {
            if (!writable.test(table.name())) {
                continue;
            }
            List<String> folded = new ArrayList<>();
            for (Column column : table.columns()) {
                if (writable.test(column.name())) {
                    columnNames.add(column.name());
                    folded.add(NameTries.fold(column.name()));
                }
            }
            String name = NameTries.fold(table.name());
            Columns columns = new Columns(table.columns().size(), new LinkedHashSet<>(folded), 1);
            if (table.columns().isEmpty() || tables.putIfAbsent(name, columns) != null) {
                continue;
            }
            tableNames.add(table.name());
            for (String column : folded) {
                tablesWith.computeIfAbsent(column, each -> new ArrayList<>()).add(name);
            }
        }
        tableTries = NameTries.of(tableNames);
        sourceTries = NameTries.ofTables(tableNames);
        columnTries = NameTries.of(columnNames);
        int size = tables.size() + tablesWith.size() + 1;
        mostKept = Math.min(MOST_KEPT, Math.max(LEAST_KEPT, MOST_NAMES_KEPT / size));
    }

    /** Of a database that isn't known: any name may stand for a table or a column. */
    public static SchemaNames ofAny() {
        return new SchemaNames(new Schema("", List.of(), List.of()), name -> true, true);
    }

    /** Whether any name may stand for a table or a column. */
    public boolean takesAny() {
        return any;
    }

    public boolean hasTables() {
        return any || !tables.isEmpty();
    }

    public Map<String, Columns> tables() {
        return tables;
    }

    /** All columns' names, as names are compared. */
    public Collection<String> columnNames() {
        return tablesWith.keySet();
    }

    public boolean isColumn(String name) {
        return tablesWith.containsKey(name);
    }

    public List<String> tablesWith(String column) {
        return tablesWith.getOrDefault(column, List.of());
    }

    public NameTries tableTries() {
        return tableTries;
    }

    /** Of tables where a table must stand. */
    public NameTries sourceTries() {
        return sourceTries;
    }

    public NameTries columnTries() {
        return columnTries;
    }

    public NameTries functionTries() {
        return functionTries;
    }

    public NameTries keywordTries() {
        return keywordTries;
    }

    public NameTries typeTries() {
        return typeTries;
    }

    /** What was found out under that key, or is now. The value mustn't change, and depend on the key and the schema alone. */
    @SuppressWarnings("unchecked")
    public <T> T remembered(Object key, Supplier<T> finding) {
        Object found = known.get(key);
        if (found == null) {
            if (known.size() > mostKept) {
                known.clear();
            }
            found = finding.get();
            known.put(key, found);
        }
        return (T) found;
    }
}
