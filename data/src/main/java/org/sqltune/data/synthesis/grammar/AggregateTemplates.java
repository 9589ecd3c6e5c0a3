package org.sqltune.data.synthesis.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.data.synthesis.grammar.Term.Aggregate;
import org.sqltune.data.synthesis.profile.ColumnProfile;
import org.sqltune.data.synthesis.profile.ColumnRole;

/** Counts, totals, averages and ends of one table, over all rows or by group. */
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
            templates.add(aggregation("group-" + name, s -> groupMeasure(s, function)));
        }
        templates.add(aggregation("group-count", AggregateTemplates::groupCount));
        templates.add(aggregation("group-count-where", AggregateTemplates::groupCountWhere));
        templates.add(aggregation("group-count-ordered", AggregateTemplates::groupCountOrdered));
        templates.add(aggregation("group-count-top", AggregateTemplates::groupCountTop));
        templates.add(aggregation("group-measure-top", AggregateTemplates::groupMeasureTop));
        templates.add(aggregation("group-having-count", AggregateTemplates::groupHavingCount));
        templates.add(aggregation("group-having-measure", AggregateTemplates::groupHavingMeasure));
        templates.add(aggregation("count-by-year", AggregateTemplates::countByYear));
        return templates;
    }

    private static QueryTemplate aggregation(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("aggregation." + id, QueryCategory.AGGREGATION, rule);
    }

    private static Optional<Draft> count(Scope s) {
        return Optional.of(Draft.of("count", Select.of(s.table().sql(), COUNT)).with("rows", s.all()));
    }

    private static Optional<Draft> countRare(Scope s) {
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

    private static Optional<Draft> countDistinct(Scope s) {
        return s.column(c -> c.is(ColumnRole.CATEGORY) || c.groupable())
                .map(c -> Draft.of("count-distinct", Select.of(s.table().sql(), "COUNT(DISTINCT " + c.sql() + ")"))
                        .with("table", s.entity())
                        .with("column", s.attribute(c)));
    }

    private static Optional<Draft> range(Scope s) {
        return s.number()
                .map(c -> Draft.of("range", Select.of(s.table().sql(), "MIN(" + c.sql() + ")", "MAX(" + c.sql() + ")"))
                        .with("table", s.entity())
                        .with("column", s.attribute(c)));
    }

    private static Optional<Draft> measure(Scope s, Aggregate function) {
        return Measures.draw(s, function)
                .map(m -> Draft.of("measure", Select.of(s.table().sql(), m.sql("")))
                        .with("measure", m.term())
                        .with("column", s.attribute(m.column()))
                        .with("table", s.entity())
                        .with("rows", s.all()));
    }

    private static Optional<Draft> measureWhere(Scope s, Aggregate function) {
        return Measures.draw(s, function)
                .flatMap(m -> Conditions.common(s)
                        .filter(condition -> !condition.column().equals(m.column()))
                        .map(condition -> Draft.of(
                                        "measure-where",
                                        Select.of(s.table().sql(), m.sql("")).where(condition.sql("")))
                                .with("measure", m.term())
                                .with("rows", s.where(condition))));
    }

    private static Optional<Draft> groupMeasure(Scope s, Aggregate function) {
        return Measures.draw(s, function)
                .flatMap(m -> s.group()
                        .filter(g -> !g.equals(m.column()))
                        .map(g -> Draft.of(
                                        "group-measure",
                                        Select.of(s.table().sql(), g.sql(), m.sql(""))
                                                .groupBy(g.sql()))
                                .with("measure", m.term())
                                .with("table", s.entity())
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupCount(Scope s) {
        return s.group()
                .map(g -> Draft.of("group-count", counted(s, g))
                        .with("table", s.entity())
                        .with("rows", s.all())
                        .with("group", s.attribute(g)));
    }

    private static Optional<Draft> groupCountWhere(Scope s) {
        return s.group()
                .flatMap(g -> Conditions.common(s)
                        .filter(condition -> !condition.column().equals(g))
                        .map(condition -> Draft.of("group-count", counted(s, g).where(condition.sql("")))
                                .with("table", s.entity())
                                .with("rows", s.where(condition))
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupCountOrdered(Scope s) {
        boolean down = s.choice().chance(0.7);
        return s.group()
                .map(g -> Draft.of(
                                down ? "group-count-down" : "group-count-up",
                                counted(s, g).orderBy(COUNT, down))
                        .with("table", s.entity())
                        .with("group", s.attribute(g)));
    }

    private static Optional<Draft> groupCountTop(Scope s) {
        boolean most = s.choice().chance(0.65);
        return s.group()
                .map(g -> Draft.of(
                                most ? "group-most" : "group-fewest",
                                Select.of(s.table().sql(), g.sql())
                                        .groupBy(g.sql())
                                        .orderBy(COUNT, most)
                                        .limit(1))
                        .with("table", s.entity())
                        .with("group", s.attribute(g)));
    }

    private static Optional<Draft> groupMeasureTop(Scope s) {
        boolean highest = s.choice().chance(0.65);
        Aggregate function = s.choice().chance(0.6) ? Aggregate.AVG : Aggregate.SUM;
        return Measures.draw(s, function)
                .flatMap(m -> s.group()
                        .filter(g -> !g.equals(m.column()))
                        .map(g -> Draft.of(
                                        "group-measure-top",
                                        Select.of(s.table().sql(), g.sql())
                                                .groupBy(g.sql())
                                                .orderBy(m.sql(""), highest)
                                                .limit(1))
                                .with("table", s.entity())
                                .with("measure", m.term())
                                .with("extreme", new Term.Extreme(m.column(), highest))
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupHavingCount(Scope s) {
        Comparison comparison = Comparison.draw(s.choice());
        return s.group().map(g -> {
            int count = s.choice()
                    .between(2, Math.max(3, 2 * s.table().rows() / g.values().size()));
            return Draft.of(
                            "group-having-" + comparison.section(),
                            Select.of(s.table().sql(), g.sql())
                                    .groupBy(g.sql())
                                    .having(COUNT + comparison.operator() + count))
                    .with("table", s.entity())
                    .with("n", count)
                    .with("group", s.attribute(g));
        });
    }

    private static Optional<Draft> groupHavingMeasure(Scope s) {
        boolean above = s.choice().chance(0.6);
        return Measures.draw(s, Aggregate.AVG)
                .flatMap(m -> s.group().filter(g -> !g.equals(m.column())).map(g -> {
                    String threshold =
                            Thresholds.near(s.choice().one(m.column().values())).literal();
                    return Draft.of(
                                    above ? "group-measure-above" : "group-measure-below",
                                    Select.of(s.table().sql(), g.sql())
                                            .groupBy(g.sql())
                                            .having(m.sql("") + (above ? " > " : " < ") + threshold))
                            .with("table", s.entity())
                            .with("measure", m.term())
                            .with("n", new Term.Words(threshold))
                            .with("group", s.attribute(g));
                }));
    }

    private static Optional<Draft> countByYear(Scope s) {
        return s.column(c -> c.is(ColumnRole.DATE) && c.missing() == 0).map(c -> {
            String year = "strftime('%Y', " + c.sql() + ")";
            return Draft.of(
                            "count-by-year",
                            Select.of(s.table().sql(), year, COUNT).groupBy(year))
                    .with("table", s.entity())
                    .with("column", s.attribute(c));
        });
    }

    private static Select counted(Scope s, ColumnProfile group) {
        return Select.of(s.table().sql(), group.sql(), COUNT).groupBy(group.sql());
    }
}
