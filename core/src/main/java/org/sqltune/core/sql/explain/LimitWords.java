package org.sqltune.core.sql.explain;

import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;

/** How many rows LIMIT lets through. */
final class LimitWords {
    private LimitWords() {}

    /** {@code the first row}, {@code the first 3 rows}. */
    static String rows(Expression limit, ConditionWords conditions) {
        String count = conditions.values().of(limit, Place.NOWHERE);
        return limit instanceof NumberLiteral && count.equals("1") ? "the first row" : "the first " + count + " rows";
    }
}
