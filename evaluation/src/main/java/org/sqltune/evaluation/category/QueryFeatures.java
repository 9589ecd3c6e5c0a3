package org.sqltune.evaluation.category;

import org.sqltune.core.example.QueryCategory;

/**
 * What a query contains.
 *
 * @param condition a WHERE clause
 * @param aggregate an aggregate function, GROUP BY or HAVING
 * @param join several tables in one FROM clause
 * @param nested a query inside the query, or a set operation
 */
record QueryFeatures(boolean condition, boolean aggregate, boolean join, boolean nested) {

    /** The last kind that fits. */
    QueryCategory category() {
        if (nested) {
            return QueryCategory.NESTED;
        }
        if (join) {
            return QueryCategory.JOIN;
        }
        if (aggregate) {
            return QueryCategory.AGGREGATION;
        }
        return condition ? QueryCategory.FILTER : QueryCategory.SIMPLE;
    }
}
