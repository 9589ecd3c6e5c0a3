package org.sqltune.core.schema;

import java.util.List;

/**
 * A column of a table.
 *
 * @param name as the database spells it
 * @param type declared type in lower case ({@code integer}, {@code text}, {@code varchar(20)}); empty if none
 * @param primaryKey whether it is part of the table's primary key
 * @param comment the column's meaning in natural language; empty if unknown
 * @param samples values that occur in the column, as texts; empty if none were read
 */
public record Column(String name, String type, boolean primaryKey, String comment, List<String> samples) {
    public Column {
        samples = List.copyOf(samples);
    }

    /** A column without comment and samples. */
    public Column(String name, String type, boolean primaryKey) {
        this(name, type, primaryKey, "", List.of());
    }

    /** Returns the column with another comment. */
    public Column withComment(String words) {
        return new Column(name, type, primaryKey, words, samples);
    }

    /** Returns the column with other samples. */
    public Column withSamples(List<String> values) {
        return new Column(name, type, primaryKey, comment, values);
    }
}
