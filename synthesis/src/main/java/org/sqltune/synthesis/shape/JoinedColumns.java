package org.sqltune.synthesis.shape;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedTable;

/**
 * Columns of joined tables, in words and in SQL.
 *
 * @param spoken the columns' names in the question
 * @param sql the columns' names in SELECT, {@code T2.name}
 */
record JoinedColumns(List<String> spoken, List<String> sql) {
    JoinedColumns() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** Adds columns under their own names. */
    JoinedColumns add(List<Attribute> columns, String qualifier) {
        for (Attribute column : columns) {
            spoken.add(column.spoken());
            sql.add(qualifier + column.name());
        }
        return this;
    }

    /** Adds columns with their table's noun: {@code customer name}. */
    JoinedColumns add(List<Attribute> columns, String qualifier, InventedTable table) {
        for (Attribute column : columns) {
            String noun = table.noun().spokenSingular();
            spoken.add(column.spoken().startsWith(noun) ? column.spoken() : noun + " " + column.spoken());
            sql.add(qualifier + column.name());
        }
        return this;
    }

    String select() {
        return String.join(", ", sql);
    }
}
