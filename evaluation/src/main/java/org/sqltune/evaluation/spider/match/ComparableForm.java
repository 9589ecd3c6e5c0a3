package org.sqltune.evaluation.spider.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.spider.grammar.Condition;
import org.sqltune.evaluation.spider.grammar.ConditionPart;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Comparison;
import org.sqltune.evaluation.spider.grammar.Operand;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.Ordering;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SelectUnit;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SetOperation;
import org.sqltune.evaluation.spider.grammar.QuerySchema;
import org.sqltune.evaluation.spider.grammar.TableUnit;
import org.sqltune.evaluation.spider.grammar.UnparseableQueryException;
import org.sqltune.evaluation.spider.grammar.ValueUnit;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/**
 * Removes from a query what exact set match doesn't compare ({@code rebuild_sql_val} and {@code rebuild_sql_col}). It
 * removes values from all conditions, including those of subqueries in conditions. In the query and its set
 * operations, it removes DISTINCT and merges foreign key columns among the first query's tables, but not in
 * subqueries in conditions. Subqueries in FROM stay unchanged, values included.
 */
public final class ComparableForm {
    private final Map<String, String> representatives;

    private ComparableForm(Map<String, String> representatives) {
        this.representatives = representatives;
    }

    /**
     * Returns the query without values and DISTINCT, with foreign key columns merged.
     *
     * @throws UnparseableQueryException if a connective is at the position of a comparison, where the official code
     *     fails
     */
    public static ParsedQuery of(ParsedQuery query, QuerySchema schema, ForeignKeys keys) {
        Set<String> tableIds = query.tables().stream()
                .filter(TableUnit.Named.class::isInstance)
                .map(table -> ((TableUnit.Named) table).id())
                .collect(Collectors.toSet());
        Set<String> columnIds = schema.columnIds(tableIds);
        Map<String, String> used = keys.representatives().entrySet().stream()
                .filter(entry -> columnIds.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ComparableForm(used).columns(withoutValues(query));
    }

    private static ParsedQuery withoutValues(ParsedQuery query) {
        SetOperation next = query.setOperation();
        return new ParsedQuery(
                query.distinct(),
                query.select(),
                query.tables(),
                withoutValues(query.joinCondition()),
                withoutValues(query.where()),
                query.groupBy(),
                withoutValues(query.having()),
                query.orderBy(),
                query.limit(),
                next == null ? null : new SetOperation(next.operator(), withoutValues(next.query())));
    }

    private static Condition withoutValues(Condition condition) {
        List<ConditionPart> parts = new ArrayList<>();
        for (int i = 0; i < condition.parts().size(); i++) {
            ConditionPart part = condition.parts().get(i);
            parts.add(i % 2 == 0 ? withoutValues(comparison(part)) : part);
        }
        return new Condition(parts);
    }

    private static Comparison comparison(ConditionPart part) {
        if (part instanceof Comparison comparison) {
            return comparison;
        }
        throw new UnparseableQueryException("a connective stands where a comparison belongs");
    }

    private static Comparison withoutValues(Comparison comparison) {
        return new Comparison(
                comparison.negated(),
                comparison.operator(),
                comparison.left(),
                subqueryOnly(comparison.first()),
                subqueryOnly(comparison.second()));
    }

    private static @Nullable Operand subqueryOnly(@Nullable Operand operand) {
        return operand instanceof ParsedQuery query ? withoutValues(query) : null;
    }

    private ParsedQuery columns(ParsedQuery query) {
        Ordering ordering = query.orderBy();
        SetOperation next = query.setOperation();
        return new ParsedQuery(
                false,
                query.select().stream()
                        .map(unit -> new SelectUnit(unit.aggregate(), value(unit.value())))
                        .toList(),
                query.tables(),
                condition(query.joinCondition()),
                condition(query.where()),
                query.groupBy().stream().map(this::column).toList(),
                condition(query.having()),
                ordering == null
                        ? null
                        : new Ordering(
                                ordering.descending(),
                                ordering.keys().stream().map(this::value).toList()),
                query.limit(),
                next == null ? null : new SetOperation(next.operator(), columns(next.query())));
    }

    private Condition condition(Condition condition) {
        List<ConditionPart> parts = new ArrayList<>();
        for (int i = 0; i < condition.parts().size(); i++) {
            ConditionPart part = condition.parts().get(i);
            parts.add(i % 2 == 0 && part instanceof Comparison comparison ? left(comparison) : part);
        }
        return new Condition(parts);
    }

    private Comparison left(Comparison comparison) {
        return new Comparison(
                comparison.negated(),
                comparison.operator(),
                value(comparison.left()),
                comparison.first(),
                comparison.second());
    }

    private ValueUnit value(ValueUnit unit) {
        ColumnUnit right = unit.right();
        return new ValueUnit(unit.operator(), column(unit.left()), right == null ? null : column(right));
    }

    private ColumnUnit column(ColumnUnit unit) {
        return new ColumnUnit(unit.aggregate(), representatives.getOrDefault(unit.column(), unit.column()), false);
    }
}
