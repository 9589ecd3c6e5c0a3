package org.sqltune.core.schema;

import java.util.List;

/**
 * A column of a table.
 *
 * @param name as the database spells it
 * @param type declared type as SQL, in lower case unless quoted ({@code integer}, {@code varchar(20)}, {@code "Mood"});
 *     empty if none
 * @param primaryKey whether it is part of the table's primary key
 * @param comment the column's meaning in natural language; empty if unknown
 * @param samples values that occur in the column, as texts; empty if none were read
 * @param textsOnly whether samples that look like numbers or truth values are texts all the same
 * @param generation {@code GENERATED ALWAYS AS (…)} with what follows, as SQL; empty if the column is a plain one
 */
public record Column(
        String name,
        String type,
        boolean primaryKey,
        String comment,
        List<String> samples,
        boolean textsOnly,
        String generation) {
    public Column {
        samples = List.copyOf(samples);
    }

    /** A plain column; samples that look like numbers are numbers. */
    public Column(String name, String type, boolean primaryKey, String comment, List<String> samples) {
        this(name, type, primaryKey, comment, samples, false, "");
    }

    /** A column without comment and samples. */
    public Column(String name, String type, boolean primaryKey) {
        this(name, type, primaryKey, "", List.of());
    }

    /** Returns the column as part of the primary key. */
    public Column asPrimaryKey() {
        return new Column(name, type, true, comment, samples, textsOnly, generation);
    }

    /** Returns the column with another comment. */
    public Column withComment(String words) {
        return new Column(name, type, primaryKey, words, samples, textsOnly, generation);
    }

    /** Returns the column with other samples of the same kind. */
    public Column withSamples(List<String> values) {
        return withSamples(values, textsOnly);
    }

    /** Returns the column with other samples. */
    public Column withSamples(List<String> values, boolean areTexts) {
        return new Column(name, type, primaryKey, comment, values, areTexts, generation);
    }

    /** Returns the column with another way to compute it; empty for a plain one. */
    public Column withGeneration(String sql) {
        return new Column(name, type, primaryKey, comment, samples, textsOnly, sql);
    }
}
