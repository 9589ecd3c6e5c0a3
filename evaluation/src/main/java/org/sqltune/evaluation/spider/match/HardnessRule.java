package org.sqltune.evaluation.spider.match;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.evaluation.spider.grammar.Aggregate;
import org.sqltune.evaluation.spider.grammar.ComparisonOperator;
import org.sqltune.evaluation.spider.grammar.Condition;
import org.sqltune.evaluation.spider.grammar.ConditionPart;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Comparison;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Connective;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.Ordering;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/**
 * Computes a query's hardness ({@code eval_hardness}) from its clauses, its nested queries, and elements that occur
 * more than once. Two errors of the official code are part of the definition: it counts {@code not} in a condition,
 * and every {@code and} or {@code or} in HAVING, as an aggregate.
 */
public final class HardnessRule {
    private HardnessRule() {}

    /** Returns the hardness of a query as it was parsed. */
    public static QueryHardness of(ParsedQuery query) {
        int clauses = clauses(query);
        int nested = nested(query);
        int others = others(query);
        return QueryHardness.of(clauses, others, nested);
    }

    private static int clauses(ParsedQuery query) {
        int count = one(!query.where().isEmpty())
                + one(!query.groupBy().isEmpty())
                + one(query.orderBy() != null)
                + one(query.limit() != null)
                + Math.max(0, query.tables().size() - 1);
        for (Condition condition : conditions(query)) {
            count += (int) condition.connectives().stream()
                    .filter(Connective.OR::equals)
                    .count();
            count += (int) condition.comparisons().stream()
                    .filter(part -> part instanceof Comparison c && c.operator() == ComparisonOperator.LIKE)
                    .count();
        }
        return count;
    }

    private static int nested(ParsedQuery query) {
        int count = one(query.setOperation() != null);
        for (Condition condition : conditions(query)) {
            for (ConditionPart part : condition.comparisons()) {
                if (part instanceof Comparison comparison) {
                    count += one(comparison.first() instanceof ParsedQuery)
                            + one(comparison.second() instanceof ParsedQuery);
                }
            }
        }
        return count;
    }

    private static int others(ParsedQuery query) {
        return one(aggregates(query) > 1)
                + one(query.select().size() > 1)
                + one(query.where().parts().size() > 1)
                + one(query.groupBy().size() > 1);
    }

    private static long aggregates(ParsedQuery query) {
        long selected = query.select().stream()
                .filter(unit -> unit.aggregate() != Aggregate.NONE)
                .count();
        Ordering ordering = query.orderBy();
        long ordered = ordering == null
                ? 0
                : ordering.keys().stream()
                        .flatMap(key -> Stream.of(key.left(), key.right()))
                        .filter(Objects::nonNull)
                        .filter(HardnessRule::isAggregate)
                        .count();
        return selected
                + takenForAggregates(query.where().comparisons())
                + query.groupBy().stream().filter(HardnessRule::isAggregate).count()
                + ordered
                + takenForAggregates(query.having().parts());
    }

    private static long takenForAggregates(List<ConditionPart> parts) {
        return parts.stream()
                .filter(part -> part instanceof Connective || (part instanceof Comparison c && c.negated()))
                .count();
    }

    private static boolean isAggregate(ColumnUnit unit) {
        return unit.aggregate() != Aggregate.NONE;
    }

    private static List<Condition> conditions(ParsedQuery query) {
        return List.of(query.joinCondition(), query.where(), query.having());
    }

    private static int one(boolean present) {
        return present ? 1 : 0;
    }
}
