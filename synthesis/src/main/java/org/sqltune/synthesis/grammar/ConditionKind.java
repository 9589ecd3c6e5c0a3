package org.sqltune.synthesis.grammar;

import java.util.Locale;
import java.util.function.Predicate;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** The comparisons of one column with values. */
public enum ConditionKind {
    /** Has the value. */
    EQUALS(c -> c.is(ColumnRole.CATEGORY, ColumnRole.NAME) || discrete(c)),
    /** Has another value. */
    NOT_EQUALS(c -> c.is(ColumnRole.CATEGORY) && c.values().size() > 1),
    /** Above a number. */
    GREATER(ConditionKind::number),
    /** Below a number. */
    LESS(ConditionKind::number),
    /** A number or more. */
    AT_LEAST(ConditionKind::number),
    /** A number or less. */
    AT_MOST(ConditionKind::number),
    /** From a number to a number, both included. */
    BETWEEN(ConditionKind::number),
    /** Begins with a text. */
    STARTS_WITH(ConditionKind::words),
    /** Ends with a text. */
    ENDS_WITH(ConditionKind::words),
    /** Holds a text. */
    CONTAINS(ConditionKind::words),
    /** Has one of the values. */
    ONE_OF(c -> c.is(ColumnRole.CATEGORY) && c.values().size() > 2),
    /** Is NULL. */
    MISSING(c -> c.missing() > 0),
    /** Is not NULL. */
    PRESENT(c -> c.missing() > 0 && c.filled() > 0),
    /** After a day. */
    AFTER(ConditionKind::date),
    /** Before a day. */
    BEFORE(ConditionKind::date),
    /** From a day to a day, both included. */
    DAYS(ConditionKind::date),
    /** On a day. */
    ON_DAY(c -> date(c) && c.values().get(0).text().length() == 10),
    /** After a year. */
    AFTER_YEAR(ConditionKind::date),
    /** Before a year. */
    BEFORE_YEAR(ConditionKind::date),
    /** In a year or later. */
    SINCE_YEAR(ConditionKind::date),
    /** In a year. */
    IN_YEAR(ConditionKind::date),
    /** In a month of a year. */
    IN_MONTH(ConditionKind::date);

    // The predicates above are method references and lambdas without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<ColumnProfile> fits;

    ConditionKind(Predicate<ColumnProfile> fits) {
        this.fits = fits;
    }

    /** Returns whether the column can be compared so. */
    boolean fits(ColumnProfile column) {
        return fits.test(column);
    }

    /** Returns the section of the phrase book. */
    public String section() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean number(ColumnProfile column) {
        return column.is(ColumnRole.NUMBER) && column.values().size() > 2;
    }

    private static boolean discrete(ColumnProfile column) {
        return column.is(ColumnRole.NUMBER) && column.groupable();
    }

    private static boolean words(ColumnProfile column) {
        return column.is(ColumnRole.NAME, ColumnRole.TEXT) && column.values().size() > 2;
    }

    private static boolean date(ColumnProfile column) {
        return column.is(ColumnRole.DATE) && column.values().size() > 2;
    }
}
