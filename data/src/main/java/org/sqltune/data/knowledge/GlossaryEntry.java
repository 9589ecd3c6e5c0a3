package org.sqltune.data.knowledge;

import org.sqltune.core.schema.Schema;

/**
 * A term of the user's with its meaning, its column, or both.
 *
 * @param term one or more words
 * @param meaning in words or SQL; empty for none
 * @param column {@code table.column}; empty for none
 * @param database the id of the database that it is about; empty for all
 * @param line where it stands in its file, from 1
 */
record GlossaryEntry(String term, String meaning, String column, String database, int line) {
    /** Returns whether the entry is about a database. */
    boolean isAbout(Schema schema) {
        return database.isEmpty() || database.equalsIgnoreCase(schema.databaseId());
    }

    /** Returns whether a schema has the column; true without one. */
    boolean isIn(Schema schema) {
        return column.isEmpty()
                || schema.tables().stream()
                        .anyMatch(table -> table.columns().stream()
                                .anyMatch(each -> (table.name() + "." + each.name()).equalsIgnoreCase(column)));
    }

    /** Returns {@code turnover = orders.total (net)}. */
    String shown() {
        String value = column.isEmpty() ? meaning : meaning.isEmpty() ? column : column + " (" + meaning + ")";
        return term + " = " + value;
    }
}
