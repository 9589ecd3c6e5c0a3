package org.sqltune.evaluation.spider.grammar;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/**
 * A query as the official evaluator represents it.
 *
 * @param distinct whether the select list begins with {@code distinct}
 * @param select the select list
 * @param tables the tables and subqueries of FROM
 * @param joinCondition the conditions of all joins, connected by {@code and}
 * @param where the condition of WHERE
 * @param groupBy the columns of GROUP BY
 * @param having the condition of HAVING
 * @param orderBy the clause; null if there is none
 * @param limit the number after LIMIT; null if there is none
 * @param setOperation the set operation that follows; null if there is none
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
    /** The query that stands for a prediction that can't be parsed. */
    public static final ParsedQuery EMPTY = new ParsedQuery(
            false, List.of(), List.of(), Condition.NONE, Condition.NONE, List.of(), Condition.NONE, null, null, null);

    public ParsedQuery {
        select = List.copyOf(select);
        tables = List.copyOf(tables);
        groupBy = List.copyOf(groupBy);
    }

    /**
     * A set operator and the query after it.
     *
     * @param operator the set operator
     * @param query the second query
     */
    public record SetOperation(SetOperator operator, ParsedQuery query) {}

    /** Returns the query after this operator; null if there is none. */
    public @Nullable ParsedQuery operandOf(SetOperator operator) {
        return setOperation != null && setOperation.operator() == operator ? setOperation.query() : null;
    }

    /**
     * One entry of a select list.
     *
     * @param aggregate the function around it
     * @param value the selected expression
     */
    public record SelectUnit(Aggregate aggregate, ValueUnit value) {}

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

    /** The operators that join a query to the next one. */
    public enum SetOperator {
        /** {@code intersect}. */
        INTERSECT,
        /** {@code union}; the grammar has no {@code union all}. */
        UNION,
        /** {@code except}. */
        EXCEPT;

        /** Returns the operator of this spelling, in lower case; null if there is none. */
        static @Nullable SetOperator written(String word) {
            return switch (word) {
                case "intersect" -> INTERSECT;
                case "union" -> UNION;
                case "except" -> EXCEPT;
                default -> null;
            };
        }
    }
}
