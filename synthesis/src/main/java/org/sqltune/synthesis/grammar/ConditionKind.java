package org.sqltune.synthesis.grammar;

import java.util.Locale;
import java.util.function.Predicate;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** The kinds of conditions on one column. */
public enum ConditionKind {
    /** Equals a value. */
    EQUALS(c -> c.is(ColumnRole.CATEGORY, ColumnRole.NAME) || discrete(c)),
    /** Differs from a value. */
    NOT_EQUALS(c -> c.is(ColumnRole.CATEGORY) && c.values().size() > 1),
    /** Is above a number. */
    GREATER(ConditionKind::number),
    /** Is below a number. */
    LESS(ConditionKind::number),
    /** Is at least a number. */
    AT_LEAST(ConditionKind::number),
    /** Is at most a number. */
    AT_MOST(ConditionKind::number),
    /** Is between two numbers, both inclusive. */
    BETWEEN(ConditionKind::number),
    /** Begins with a text. */
    STARTS_WITH(ConditionKind::words),
    /** Ends with a text. */
    ENDS_WITH(ConditionKind::words),
    /** Contains a text. */
    CONTAINS(ConditionKind::words),
    /** Is one of several values. */
    ONE_OF(c -> c.is(ColumnRole.CATEGORY) && c.values().size() > 2),
    /** Is NULL. */
    MISSING(c -> c.missing() > 0),
    /** Is not NULL. */
    PRESENT(c -> c.missing() > 0 && c.filled() > 0),
    /** Is after a day. */
    AFTER(ConditionKind::date),
    /** Is before a day. */
    BEFORE(ConditionKind::date),
    /** Is between two days, both inclusive. */
    DAYS(ConditionKind::date),
    /** Is on a day. */
    ON_DAY(c -> date(c) && c.values().get(0).text().length() == 10),
    /** Is after a year. */
    AFTER_YEAR(ConditionKind::date),
    /** Is before a year. */
    BEFORE_YEAR(ConditionKind::date),
    /** Is in a year or later. */
    SINCE_YEAR(ConditionKind::date),
    /** Is in a year. */
    IN_YEAR(ConditionKind::date),
    /** Is in a month of a year. */
    IN_MONTH(ConditionKind::date);

    // The predicates above are method references and lambdas without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<ColumnProfile> fits;

    ConditionKind(Predicate<ColumnProfile> fits) {
        this.fits = fits;
    }

    /** Returns whether the column can have this kind of condition. */
    boolean fits(ColumnProfile column) {
        return fits.test(column);
    }

    /** Returns the name of the phrase book's section. */
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
