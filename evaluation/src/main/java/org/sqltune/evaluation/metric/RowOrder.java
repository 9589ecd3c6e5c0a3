package org.sqltune.evaluation.metric;

import org.sqltune.core.sql.facts.QueryFacts;

/** Whether a query prescribes the order of its rows. */
final class RowOrder {
    private RowOrder() {}

    /** Whether there is an ORDER BY outside all parentheses: one inside a subquery or a window orders nothing outside. */
    static boolean isPrescribedBy(String sql) {
        return QueryFacts.isOrdered(sql);
    }
}
