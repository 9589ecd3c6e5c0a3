package org.sqltune.postgres.scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;
import org.sqltune.postgres.scope.Source.SourceColumn;

/**
 * Functional dependencies between columns: a table's primary key determines its columns, and equal columns determine
 * each other.
 *
 * @param sources the tables
 * @param equalities pairs of columns, by {@link Grouping#id}, that are equal in every row
 * @param constants columns that have one value in all rows
 */
public record Dependencies(List<Source> sources, List<Equality> equalities, Set<String> constants) {

    /** Two columns that are equal in every row. */
    public record Equality(String left, String right) {}

    /** Returns all columns that these determine. */
    Set<String> closure(Set<String> columns) {
        Set<String> decided = new HashSet<>(columns);
        decided.addAll(constants);
        int before = -1;
        while (before != decided.size()) {
            before = decided.size();
            for (Equality equality : equalities) {
                if (decided.contains(equality.left()) || decided.contains(equality.right())) {
                    decided.add(equality.left());
                    decided.add(equality.right());
                }
            }
            for (Source source : sources) {
                if (keyIn(decided, source)) {
                    source.columns().forEach(column -> decided.add(Grouping.id(source, column)));
                }
            }
        }
        return decided;
    }

    /** Returns whether these columns contain the table's whole primary key. */
    boolean keyIn(Set<String> columns, Source source) {
        PostgresTable table = source.table();
        if (table == null || table.primaryKey().isEmpty()) {
            return false;
        }
        List<String> key = new ArrayList<>();
        for (SourceColumn column : source.columns()) {
            if (table.primaryKey().contains(column.name())) {
                key.add(Grouping.id(source, column));
            }
        }
        return columns.containsAll(key);
    }
}
