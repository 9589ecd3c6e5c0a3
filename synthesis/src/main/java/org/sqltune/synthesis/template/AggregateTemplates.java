package org.sqltune.synthesis.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.ConditionKind;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term.Aggregate;
import org.sqltune.synthesis.profile.ColumnRole;

/** Counts, sums, averages and extremes of one table. */
final class AggregateTemplates {
    private static final String COUNT = "COUNT(*)";

    private AggregateTemplates() {}

    static List<QueryTemplate> all() {
        List<QueryTemplate> templates = new ArrayList<>();
        templates.add(aggregation("count", AggregateTemplates::count));
        templates.add(aggregation(
                "count-where", s -> Conditions.common(s).map(condition -> Projections.count(s, condition))));
        templates.add(aggregation("count-where-rare", AggregateTemplates::countRare));
        templates.add(aggregation(
                "count-and", s -> Conditions.compound(s, true).map(condition -> Projections.count(s, condition))));
        templates.add(aggregation("count-distinct", AggregateTemplates::countDistinct));
        templates.add(aggregation("range", AggregateTemplates::range));
        for (Aggregate function : Aggregate.values()) {
            String name = function.name().toLowerCase(Locale.ROOT);
            templates.add(aggregation(name, s -> measure(s, function)));
            templates.add(aggregation(name + "-where", s -> measureWhere(s, function)));
        }
        return templates;
    }

    static QueryTemplate aggregation(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("aggregation." + id, QueryCategory.AGGREGATION, rule);
    }

    private static Optional<Draft> count(DraftScope s) {
        return Optional.of(Draft.of("count", Select.of(s.table().sql(), COUNT)).with("rows", s.all()));
    }

    private static Optional<Draft> countRare(DraftScope s) {
        return s.choice()
                .from(List.of(
                        ConditionKind.BETWEEN,
                        ConditionKind.AT_MOST,
                        ConditionKind.MISSING,
                        ConditionKind.PRESENT,
                        ConditionKind.DAYS,
                        ConditionKind.IN_MONTH,
                        ConditionKind.ONE_OF,
                        ConditionKind.CONTAINS,
                        ConditionKind.STARTS_WITH))
                .flatMap(kind -> Conditions.of(kind, s))
                .map(condition -> Projections.count(s, condition));
    }

    private static Optional<Draft> countDistinct(DraftScope s) {
        return s.column(c -> c.is(ColumnRole.CATEGORY) || c.groupable())
                .map(c -> Draft.of("count-distinct", Select.of(s.table().sql(), "COUNT(DISTINCT " + c.sql() + ")"))
                        .with("table", s.entity())
                        .with("column", s.attribute(c)));
    }

    private static Optional<Draft> range(DraftScope s) {
        return s.number()
                .map(c -> Draft.of("range", Select.of(s.table().sql(), "MIN(" + c.sql() + ")", "MAX(" + c.sql() + ")"))
                        .with("table", s.entity())
                        .with("column", s.attribute(c)));
    }

    private static Optional<Draft> measure(DraftScope s, Aggregate function) {
        return Measures.draw(s, function)
                .map(m -> Draft.of("measure", Select.of(s.table().sql(), m.sql("")))
                        .with("measure", m.term())
                        .with("column", s.attribute(m.column()))
                        .with("table", s.entity())
                        .with("rows", s.all()));
    }

    private static Optional<Draft> measureWhere(DraftScope s, Aggregate function) {
        return Measures.draw(s, function)
                .flatMap(m -> Conditions.common(s)
                        .filter(condition -> !condition.column().equals(m.column()))
                        .map(condition -> Draft.of(
                                        "measure-where",
                                        Select.of(s.table().sql(), m.sql("")).where(condition.sql("")))
                                .with("measure", m.term())
                                .with("rows", s.where(condition))));
    }
}
