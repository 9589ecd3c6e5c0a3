package org.sqltune.evaluation.spider.grammar;

import java.util.List;

/**
 * An ORDER BY clause.
 *
 * @param descending the direction that is named last; ascending if none is
 * @param keys what is ordered by
 */
public record Ordering(boolean descending, List<ValueUnit> keys) {
    public Ordering {
        keys = List.copyOf(keys);
    }
}
