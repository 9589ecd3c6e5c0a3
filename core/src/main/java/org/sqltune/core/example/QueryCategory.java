package org.sqltune.core.example;

/** Kinds of queries by which accuracy is broken down, from easy to hard. A query is of the last kind that fits. */
public enum QueryCategory {
    /** Columns of one table, perhaps ordered or limited. */
    SIMPLE,
    /** With conditions. */
    FILTER,
    /** With aggregates or grouping. */
    AGGREGATION,
    /** Over several tables. */
    JOIN,
    /** With a query inside, or a set operation. */
    NESTED
}
