package org.sqltune.evaluation.spider.grammar;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query as the official evaluator keeps it.
 *
 * @param distinct whether the select list begins with {@code distinct}
 * @param select the select list
 * @param tables what is read from
 * @param joinCondition the conditions of all joins, joined by {@code and}
 * @param where the condition of WHERE
 * @param groupBy the columns of GROUP BY
 * @param having the condition of HAVING
 * @param orderBy the clause; null if there is none
 * @param limit the number behind LIMIT; null if there is none
 * @param setOperation the query behind it; null if there is none
 */
public record ParsedQuery(
        boolean distinct,
        List<SelectUnit> select,
        List<TableUnit> tables,
        Condition joinCondition,
        Condition where,
        List<ColumnUnit> groupBy,
        Condition having,
        @Nullable Ordering orderBy,
        @Nullable BigInteger limit,
        @Nullable SetOperation setOperation)
        implements Operand {
    /** What a prediction that can't be read counts as. */
    public static final ParsedQuery EMPTY = new ParsedQuery(
            false, List.of(), List.of(), Condition.NONE, Condition.NONE, List.of(), Condition.NONE, null, null, null);

    public ParsedQuery {
        select = List.copyOf(select);
        tables = List.copyOf(tables);
        groupBy = List.copyOf(groupBy);
    }

    /**
     * What follows a query.
     *
     * @param operator how it is joined
     * @param query the second query
     */
    public record SetOperation(SetOperator operator, ParsedQuery query) {}

    /** The query behind this operator; null if there is none. */
    public @Nullable ParsedQuery operandOf(SetOperator operator) {
        return setOperation != null && setOperation.operator() == operator ? setOperation.query() : null;
    }
}
