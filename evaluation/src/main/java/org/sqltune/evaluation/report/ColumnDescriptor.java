package org.sqltune.evaluation.report;

import org.jspecify.annotations.Nullable;

/**
 * A column of a report: a verdict or number per row, a group label per row, or a total over all rows. Two columns are
 * equal if their names are.
 *
 * @param name the name in report.json and in {@code --fail-under}, in snake_case
 * @param kind the kind of its values
 * @param unit the unit of its values; empty if they have none
 * @param higherIsBetter whether greater values are better; meaningless for labels
 * @param title the title for readers
 */
public record ColumnDescriptor(String name, Kind kind, String unit, boolean higherIsBetter, String title) {
    /** The kinds of columns. */
    public enum Kind {
        /** Right or wrong per row; over rows the share of right ones, from 0 to 1. */
        SHARE,
        /** A number per row; over rows the mean. */
        NUMBER,
        /** A number of all rows together, without values per row. */
        TOTAL,
        /** A text per row, by which rows are grouped. */
        LABEL
    }

    /** Returns a column of verdicts. */
    public static ColumnDescriptor share(String name, String title) {
        return new ColumnDescriptor(name, Kind.SHARE, "", true, title);
    }

    /** Returns a column of numbers without unit; greater values are better. */
    public static ColumnDescriptor number(String name, String title) {
        return new ColumnDescriptor(name, Kind.NUMBER, "", true, title);
    }

    /** Returns a total over all rows. */
    public static ColumnDescriptor total(String name, String unit) {
        return new ColumnDescriptor(name, Kind.TOTAL, unit, false, words(name));
    }

    /** Returns a column of group labels. */
    public static ColumnDescriptor label(String name) {
        return new ColumnDescriptor(name, Kind.LABEL, "", true, words(name));
    }

    /** Returns the same column with smaller values being better. */
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
