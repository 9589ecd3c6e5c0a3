package org.sqltune.evaluation.report;

import org.jspecify.annotations.Nullable;

/**
 * A column of a report: a score or a number that its rows have, a group that they are in, or a number of the whole. Two
 * columns of one name are the same column, whatever else is said of them.
 *
 * @param name as in report.json and as {@code --fail-under} names it, in snake_case
 * @param kind what its values are
 * @param unit of its values; empty where they have none
 * @param higherIsBetter whether a greater value is the better one; says nothing of a label
 * @param title what a reader sees
 */
public record ColumnDescriptor(String name, Kind kind, String unit, boolean higherIsBetter, String title) {
    /** What a column holds. */
    public enum Kind {
        /** Right or wrong for each row; over rows, the share that is right, from 0 to 1. */
        SHARE,
        /** A number for each row; over rows, the mean. */
        NUMBER,
        /** A number of all rows together that no row has by itself. */
        TOTAL,
        /** A text for each row, by which rows are grouped. */
        LABEL
    }

    /** A share of rows that are right. */
    public static ColumnDescriptor share(String name, String title) {
        return new ColumnDescriptor(name, Kind.SHARE, "", true, title);
    }

    /** A number without unit of which more is better. */
    public static ColumnDescriptor number(String name, String title) {
        return new ColumnDescriptor(name, Kind.NUMBER, "", true, title);
    }

    /** A number of all rows together. */
    public static ColumnDescriptor total(String name, String unit) {
        return new ColumnDescriptor(name, Kind.TOTAL, unit, false, words(name));
    }

    /** A group of rows. */
    public static ColumnDescriptor label(String name) {
        return new ColumnDescriptor(name, Kind.LABEL, "", true, words(name));
    }

    /** The same of which less is better. */
    public ColumnDescriptor lowerIsBetter() {
        return new ColumnDescriptor(name, kind, unit, false, title);
    }

    static String words(String name) {
        return name.replace('_', ' ');
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnDescriptor column && column.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
