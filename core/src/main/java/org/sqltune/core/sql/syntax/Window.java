package org.sqltune.core.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.OrderTerm;

/**
 * The rows that a window function looks at.
 *
 * @param base the window that this one is based on; null if none
 * @param named whether it is {@code OVER base} without parentheses, and so that window itself
 * @param frame null if it isn't given
 */
public record Window(
        @Nullable String base,
        boolean named,
        List<Expression> partitionBy,
        List<OrderTerm> orderBy,
        @Nullable Frame frame) {

    /**
     * Which rows around the current one.
     *
     * @param unit {@code ROWS}, {@code RANGE} or {@code GROUPS}
     * @param end null unless written with {@code BETWEEN}: the current row
     * @param exclude {@code NO OTHERS}, {@code CURRENT ROW}, {@code GROUP}, {@code TIES}; null if it isn't given
     */
    public record Frame(
            String unit,
            Bound start,
            @Nullable Bound end,
            @Nullable String exclude) {}

    /**
     * Where a frame begins or ends.
     *
     * @param distance null for {@code UNBOUNDED} and {@code CURRENT ROW}
     * @param direction {@code PRECEDING}, {@code FOLLOWING} or {@code CURRENT ROW}
     */
    public record Bound(@Nullable Expression distance, String direction) {}
}
