package org.sqltune.evaluation.metric;

import org.sqltune.core.sql.facts.QueryFacts;

/** Tests whether a query prescribes the order of its rows. */
final class RowOrder {
    private RowOrder() {}

    /**
     * Returns whether the query has an ORDER BY outside all parentheses; one in a subquery or a window doesn't order
     * the result.
     */
    static boolean isPrescribedBy(String sql) {
        return QueryFacts.isOrdered(sql);
    }
}
