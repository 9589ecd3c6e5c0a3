package org.sqltune.evaluation.outline;

import java.util.Locale;

/** Parts of a query that are scored separately. */
public enum QueryComponent {
    /** The select list in any order, and DISTINCT. */
    SELECT,
    /** The conditions of WHERE in any order, values included. */
    WHERE,
    /** The tables and their join conditions. */
    JOIN,
    /** GROUP BY and HAVING. */
    GROUP,
    /** ORDER BY and LIMIT. */
    ORDER;

    /** Returns the name in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
