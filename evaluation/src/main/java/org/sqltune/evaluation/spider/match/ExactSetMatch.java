package org.sqltune.evaluation.spider.match;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.evaluation.spider.grammar.ConditionPart;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Comparison;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SelectUnit;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SetOperator;
import org.sqltune.evaluation.spider.grammar.TableUnit;
import org.sqltune.evaluation.spider.grammar.ValueUnit;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;
import org.sqltune.evaluation.spider.match.SetMatch.ComponentMatch;

/** Compares two queries in their {@link ComparableForm} component by component ({@code eval_exact_match}). */
public final class ExactSetMatch {
    private ExactSetMatch() {}

    /** Compares a prediction with the gold query. */
    public static SetMatch compare(ParsedQuery predicted, ParsedQuery gold) {
        Map<Component, ComponentMatch> components = new EnumMap<>(Component.class);
        components.put(Component.SELECT, bags(predicted.select(), gold.select()));
        components.put(Component.SELECT_WITHOUT_AGGREGATES, bags(selectedValues(predicted), selectedValues(gold)));
        List<ConditionPart> predictedWhere = predicted.where().comparisons();
        List<ConditionPart> goldWhere = gold.where().comparisons();
        components.put(Component.WHERE, bags(predictedWhere, goldWhere));
        components.put(Component.WHERE_WITHOUT_OPERATORS, bags(leftSides(predictedWhere), leftSides(goldWhere)));
        components.put(Component.GROUP_WITHOUT_HAVING, bags(groupNames(predicted), groupNames(gold)));
        components.put(Component.GROUP, group(predicted, gold));
        components.put(Component.ORDER, order(predicted, gold));
        components.put(Component.CONNECTIVES, connectives(predicted, gold));
        components.put(Component.SET_OPERATIONS, setOperations(predicted, gold));
        components.put(Component.KEYWORDS, bags(Keywords.of(predicted), Keywords.of(gold)));
        boolean right = components.values().stream().allMatch(ComponentMatch::right);
        return new SetMatch(right && sameTables(predicted.tables(), gold.tables()), components);
    }

    private static <T> ComponentMatch bags(Iterable<T> predicted, Iterable<T> gold) {
        List<T> left = new ArrayList<>();
        gold.forEach(left::add);
        int goldSize = left.size();
        int predictedSize = 0;
        for (T piece : predicted) {
            predictedSize++;
            left.remove(piece);
        }
        return new ComponentMatch(goldSize, predictedSize, goldSize - left.size());
    }

    private static List<ValueUnit> selectedValues(ParsedQuery query) {
        return query.select().stream().map(SelectUnit::value).toList();
    }

    private static List<ValueUnit> leftSides(List<ConditionPart> comparisons) {
        return comparisons.stream().map(part -> ((Comparison) part).left()).toList();
    }

    /** Returns the column names of GROUP BY: the part of each id between its first point and the next. */
    private static List<String> groupNames(ParsedQuery query) {
        return query.groupBy().stream()
                .map(ColumnUnit::column)
                .map(id -> id.contains(".") ? id.split("\\.", -1)[1] : id)
                .toList();
    }

    private static ComponentMatch group(ParsedQuery predicted, ParsedQuery gold) {
        boolean inBoth = !predicted.groupBy().isEmpty() && !gold.groupBy().isEmpty();
        boolean same = inBoth
                && groupIds(predicted).equals(groupIds(gold))
                && predicted.having().equals(gold.having());
        return new ComponentMatch(
                one(!gold.groupBy().isEmpty()), one(!predicted.groupBy().isEmpty()), one(same));
    }

    private static List<String> groupIds(ParsedQuery query) {
        return query.groupBy().stream().map(ColumnUnit::column).toList();
    }

    private static ComponentMatch order(ParsedQuery predicted, ParsedQuery gold) {
        boolean same = gold.orderBy() != null
                && gold.orderBy().equals(predicted.orderBy())
                && (gold.limit() == null) == (predicted.limit() == null);
        return new ComponentMatch(one(gold.orderBy() != null), one(predicted.orderBy() != null), one(same));
    }

    /** Counts 1 of 1 if both have the same connectives, even if they have none. */
    private static ComponentMatch connectives(ParsedQuery predicted, ParsedQuery gold) {
        Set<ConditionPart> found = new HashSet<>(predicted.where().connectives());
        Set<ConditionPart> wanted = new HashSet<>(gold.where().connectives());
        // The official code passes these two arguments in reverse order.
        return found.equals(wanted) ? new ComponentMatch(1, 1, 1) : new ComponentMatch(found.size(), wanted.size(), 0);
    }

    private static ComponentMatch setOperations(ParsedQuery predicted, ParsedQuery gold) {
        int goldCount = 0;
        int predictedCount = 0;
        int matched = 0;
        for (SetOperator operator : SetOperator.values()) {
            ParsedQuery found = predicted.operandOf(operator);
            ParsedQuery wanted = gold.operandOf(operator);
            goldCount += one(wanted != null);
            predictedCount += one(found != null);
            matched += one(
                    found != null && wanted != null && compare(found, wanted).exact());
        }
        return new ComponentMatch(goldCount, predictedCount, matched);
    }

    /**
     * Returns whether both read the same tables, in any order. The official code sorts them and fails on two
     * different subqueries, which have no order; that counts as no match. A gold query without tables always matches.
     */
    private static boolean sameTables(List<TableUnit> predicted, List<TableUnit> gold) {
        if (gold.isEmpty()) {
            return true;
        }
        return sortable(predicted) && sortable(gold) && bags(predicted, gold).right();
    }

    private static boolean sortable(List<TableUnit> tables) {
        return tables.stream()
                        .filter(TableUnit.Derived.class::isInstance)
                        .distinct()
                        .count()
                <= 1;
    }

    private static int one(boolean present) {
        return present ? 1 : 0;
    }
}
