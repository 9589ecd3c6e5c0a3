package org.sqltune.core.example;

/** Kinds of queries for accuracy by kind, from easy to hard. A query belongs to the last kind that applies. */
public enum QueryCategory {
    /** Selects columns of one table; may have ORDER BY and LIMIT. */
    SIMPLE,
    /** Has a condition (WHERE). */
    FILTER,
    /** Has an aggregate function, GROUP BY or HAVING. */
    AGGREGATION,
    /** Reads several tables. */
    JOIN,
    /** Has a subquery or a set operation. */
    NESTED
}
