package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.DeclaredType;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.TableForm;

/**
 * The data that shortening a schema needs for all questions: the words of its names, its key columns, and the token
 * costs of its parts. Tables and columns are numbered in the schema's order. Thread-safe.
 */
final class PreparedSchema {
    private final Schema whole;
    private final SchemaIndex index;
    private final JoinPaths paths;
    private final List<Words> words = new ArrayList<>();
    private final List<BitSet> keys = new ArrayList<>();
    private final int[] tableCosts;
    private final int[][] columnCosts;

    /** The words of a table and its columns. */
    record Words(Set<String> table, List<QuestionLinks.Spoken> columns) {}

    /**
     * @param whole the schema
     * @param tokens counts a text's tokens
     */
    PreparedSchema(Schema whole, SchemaWriter writer, ToIntFunction<String> tokens) {
        this.whole = whole;
        // In the form in which parts are written: without a view's query, which may read removed columns, and without
        // a module's arguments, which name columns.
        index = new SchemaIndex(whole.withTables(
                whole.tables().stream().map(PreparedSchema::withoutQuery).toList()));
        paths = new JoinPaths(index);
        Map<String, Set<String>> known = new HashMap<>();
        Function<String, Set<String>> spoken = name -> known.computeIfAbsent(name, QuestionLinks::spoken);
        int count = whole.tables().size();
        tableCosts = new int[count];
        columnCosts = new int[count][];
        for (int i = 0; i < count; i++) {
            Table table = table(i);
            words.add(new Words(
                    QuestionLinks.spoken(table.name()),
                    table.columns().stream()
                            .map(column -> QuestionLinks.Spoken.of(column, spoken))
                            .toList()));
            keys.add(keys(table));
            Table bare = table.withColumns(
                    keys.get(i).stream().mapToObj(table.columns()::get).toList());
            tableCosts[i] = tokens.applyAsInt(writer.table(bare, index)) + 1;
            columnCosts[i] = table.columns().stream()
                    .mapToInt(column -> tokens.applyAsInt(", " + writer.column(column, whole.dialect())))
                    .toArray();
        }
    }

    private static Table withoutQuery(Table table) {
        if (table.form() instanceof TableForm.View view) {
            return table.withForm(new TableForm.View(view.kind(), ""));
        }
        return table.form() instanceof TableForm.Virtual ? table.withForm(TableForm.ROWS) : table;
    }

    /** Returns the columns of primary and foreign keys, and those that foreign keys reference. */
    private BitSet keys(Table table) {
        Set<String> names = new HashSet<>();
        for (ForeignKey key : index.from(table.name())) {
            key.columns().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        }
        for (ForeignKey key : index.to(table.name())) {
            key.referencedColumns().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        }
        BitSet found = new BitSet();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            found.set(i, column.primaryKey() || names.contains(column.name().toLowerCase(Locale.ROOT)));
        }
        return found;
    }

    int tables() {
        return tableCosts.length;
    }

    int columns(int table) {
        return columnCosts[table].length;
    }

    Words words(int table) {
        return words.get(table);
    }

    JoinPaths paths() {
        return paths;
    }

    /** Returns a copy of the set of a table's key columns. */
    BitSet keys(int table) {
        return (BitSet) keys.get(table).clone();
    }

    /** Returns the cost of a table with only its keys, in tokens. */
    int cost(int table) {
        return tableCosts[table];
    }

    /** Returns the cost of a column, in tokens. */
    int cost(int table, int column) {
        return columnCosts[table][column];
    }

    private Table table(int number) {
        return index.schema().tables().get(number);
    }

    /**
     * Returns the part of the schema that has these columns. @param kept a set of columns per table; null for omitted
     * tables
     */
    Schema part(List<@Nullable BitSet> kept) {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            BitSet columns = kept.get(i);
            if (columns != null) {
                tables.add(part(table(i), columns));
            }
        }
        List<ForeignKey> foreignKeys = whole.foreignKeys().stream()
                .filter(key -> isKept(key.table(), kept) && isKept(key.referencedTable(), kept))
                .toList();
        return new Schema(
                whole.databaseId(),
                tables,
                foreignKeys,
                whole.dialect(),
                DeclaredType.usedBy(tables, whole.types()),
                whole.notes());
    }

    private boolean isKept(String table, List<@Nullable BitSet> kept) {
        int number = index.number(table);
        return number >= 0 && kept.get(number) != null;
    }

    private static Table part(Table table, BitSet columns) {
        List<String> dropped = new ArrayList<>();
        for (int i = columns.nextClearBit(0); i < table.columns().size(); i = columns.nextClearBit(i + 1)) {
            dropped.add(table.columns().get(i).name().toLowerCase(Locale.ROOT));
        }
        return table.withColumns(columns.stream()
                .mapToObj(table.columns()::get)
                .map(column -> computable(column, dropped) ? column : column.withGeneration(""))
                .toList());
    }

    /** Returns whether none of the columns that a generated column uses was dropped. */
    private static boolean computable(Column column, List<String> dropped) {
        String expression = column.generation().toLowerCase(Locale.ROOT);
        return expression.isEmpty() || dropped.stream().noneMatch(expression::contains);
    }
}
