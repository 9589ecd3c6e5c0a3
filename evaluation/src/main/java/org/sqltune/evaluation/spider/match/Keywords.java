package org.sqltune.evaluation.spider.match;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.evaluation.spider.grammar.ComparisonOperator;
import org.sqltune.evaluation.spider.grammar.Condition;
import org.sqltune.evaluation.spider.grammar.ConditionPart;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Comparison;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Connective;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.Ordering;

/** The keywords that are compared ({@code get_keywords}). Those of subqueries don't count. */
final class Keywords {
    private Keywords() {}

    static Set<String> of(ParsedQuery query) {
        Set<String> words = new HashSet<>();
        addIf(!query.where().isEmpty(), "where", words);
        addIf(!query.groupBy().isEmpty(), "group", words);
        addIf(!query.having().isEmpty(), "having", words);
        addIf(query.limit() != null, "limit", words);
        Ordering ordering = query.orderBy();
        if (ordering != null) {
            words.add("order");
            words.add(ordering.descending() ? "desc" : "asc");
        }
        if (query.setOperation() != null) {
            words.add(query.setOperation().operator().name().toLowerCase(Locale.ROOT));
        }
        for (Condition condition : List.of(query.joinCondition(), query.where(), query.having())) {
            addIf(condition.connectives().contains(Connective.OR), "or", words);
            condition.comparisons().forEach(part -> add(part, words));
        }
        return words;
    }

    private static void add(ConditionPart part, Set<String> words) {
        if (part instanceof Comparison comparison) {
            addIf(comparison.negated(), "not", words);
            addIf(comparison.operator() == ComparisonOperator.IN, "in", words);
            addIf(comparison.operator() == ComparisonOperator.LIKE, "like", words);
        }
    }

    private static void addIf(boolean present, String word, Set<String> words) {
        if (present) {
            words.add(word);
        }
    }
}
