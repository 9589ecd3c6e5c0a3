package org.sqltune.evaluation.spider.grammar;

import java.util.List;

/**
 * An ORDER BY clause.
 *
 * @param descending whether the last direction given is DESC
 * @param keys the expressions to order by
 */
public record Ordering(boolean descending, List<ValueUnit> keys) {
    public Ordering {
        keys = List.copyOf(keys);
    }
}
