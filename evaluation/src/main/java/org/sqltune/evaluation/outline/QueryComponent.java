package org.sqltune.evaluation.outline;

import java.util.Locale;

/** Parts of a query that are scored by themselves. */
public enum QueryComponent {
    /** The select list, in any order, with DISTINCT. */
    SELECT,
    /** The conditions of WHERE, in any order, values included. */
    WHERE,
    /** The tables read and the conditions that join them. */
    JOIN,
    /** GROUP BY and HAVING. */
    GROUP,
    /** ORDER BY and LIMIT. */
    ORDER;

    /** The name in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
