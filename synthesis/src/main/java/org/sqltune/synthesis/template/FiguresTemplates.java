package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.AggregateTemplates.aggregation;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Comparison;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Term.Aggregate;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.template.Measures.Measure;

/** Several figures of one table, figures under two conditions, and figures of chosen groups. */
final class FiguresTemplates {
    private static final String COUNT = "COUNT(*)";

    private FiguresTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                aggregation("range-down", FiguresTemplates::rangeDown),
                aggregation("count-and-measure", FiguresTemplates::countAndMeasure),
                aggregation("count-category-and-limit", FiguresTemplates::countBoth),
                aggregation("measure-category-and-limit", FiguresTemplates::measureBoth),
                aggregation("group-count-and-measure", FiguresTemplates::groupCountAndMeasure),
                aggregation("group-pairs", FiguresTemplates::groupPairs),
                aggregation("group-having-where", FiguresTemplates::groupHavingWhere),
                aggregation("group-having-measured", FiguresTemplates::groupHavingMeasured),
                aggregation("group-top-count", FiguresTemplates::groupTopCount),
                aggregation("group-top-measure", FiguresTemplates::groupTopMeasure));
    }

    private static Optional<Draft> rangeDown(DraftScope s) {
        boolean filtered = s.choice().chance(0.4);
        return s.number()
                .flatMap(c -> Conditions.telling(s)
                        .filter(condition -> !condition.column().equals(c))
                        .map(condition -> Draft.of(
                                        "range-down",
                                        Select.of(s.table().sql(), "MAX(" + c.sql() + ")", "MIN(" + c.sql() + ")")
                                                .where(filtered ? condition.sql("") : null))
                                .with("rows", filtered ? s.where(condition) : s.all())
                                .with("column", s.attribute(c))));
    }

    private static Optional<Draft> countAndMeasure(DraftScope s) {
        return measure(s)
                .flatMap(m -> Conditions.telling(s)
                        .filter(condition -> !condition.column().equals(m.column()))
                        .map(condition -> Draft.of(
                                        "count-and-measure",
                                        Select.of(s.table().sql(), COUNT, m.sql(""))
                                                .where(condition.sql("")))
                                .with("measure", m.term())
                                .with("rows", s.where(condition))));
    }

    private static Optional<Draft> countBoth(DraftScope s) {
        return Conditions.categoryAndLimit(s).map(condition -> Projections.count(s, condition));
    }

    private static Optional<Draft> measureBoth(DraftScope s) {
        return measure(s)
                .flatMap(m -> Conditions.categoryAndLimit(s)
                        .filter(condition -> !condition.second().column().equals(m.column()))
                        .map(condition -> Draft.of(
                                        "measure-where",
                                        Select.of(s.table().sql(), m.sql("")).where(condition.sql("")))
                                .with("measure", m.term())
                                .with("rows", s.where(condition))));
    }

    private static Optional<Draft> groupCountAndMeasure(DraftScope s) {
        return anyMeasure(s)
                .flatMap(m -> group(s, m)
                        .map(g -> Draft.of(
                                        "group-count-and-measure",
                                        Select.of(s.table().sql(), g.sql(), COUNT, m.sql(""))
                                                .groupBy(g.sql()))
                                .with("measure", m.term())
                                .with("table", s.entity())
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupPairs(DraftScope s) {
        return s.choice().some(s.table().columns(ColumnProfile::groupable), 2).map(list -> {
            String both = String.join(", ", SimpleTemplates.names(list));
            return Draft.of(
                            "group-pairs",
                            Select.of(s.table().sql(), both, COUNT).groupBy(both))
                    .with("table", s.entity())
                    .with("fields", new Term.Attributes(s.table(), list));
        });
    }

    private static Optional<Draft> groupHavingWhere(DraftScope s) {
        Comparison comparison = s.choice().chance(0.6) ? Comparison.MORE : Comparison.LEAST;
        int count = comparison.count(s.choice(), 4);
        return s.group()
                .flatMap(g -> Conditions.telling(s)
                        .filter(condition -> !condition.column().equals(g))
                        .map(condition -> Draft.of(
                                        "group-having-where-" + comparison.section(count),
                                        Select.of(s.table().sql(), g.sql())
                                                .where(condition.sql(""))
                                                .groupBy(g.sql())
                                                .having(COUNT + comparison.operator() + count))
                                .with("rows", s.where(condition))
                                .with("n", count)
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupHavingMeasured(DraftScope s) {
        Comparison comparison = s.choice().chance(0.5) ? Comparison.MORE : Comparison.LEAST;
        return anyMeasure(s)
                .flatMap(m -> group(s, m).map(g -> {
                    int usual = Math.max(
                            2, s.table().rows() / Math.max(1, g.values().size()));
                    int count = s.choice().between(2, Math.max(3, usual));
                    return Draft.of(
                                    "group-having-measured-" + comparison.section(count),
                                    Select.of(s.table().sql(), g.sql(), m.sql(""))
                                            .groupBy(g.sql())
                                            .having(COUNT + comparison.operator() + count))
                            .with("table", s.entity())
                            .with("measure", m.term())
                            .with("n", count)
                            .with("group", s.attribute(g));
                }));
    }

    private static Optional<Draft> groupTopCount(DraftScope s) {
        int rows = s.choice().between(2, 4);
        boolean shown = s.choice().chance(0.4);
        return s.group().map(g -> {
            Select select = shown
                    ? Select.of(s.table().sql(), g.sql(), COUNT)
                    : Select.of(s.table().sql(), g.sql());
            return Draft.of(
                            shown ? "group-top-count-figure" : "group-top-count",
                            select.groupBy(g.sql()).orderBy(COUNT, true).limit(rows))
                    .with("table", s.entity())
                    .with("n", rows)
                    .with("group", s.attribute(g));
        });
    }

    private static Optional<Draft> groupTopMeasure(DraftScope s) {
        int rows = s.choice().chance(0.5) ? 1 : s.choice().between(2, 4);
        return measure(s)
                .flatMap(m -> group(s, m)
                        .map(g -> Draft.of(
                                        rows == 1 ? "group-top-measure" : "group-top-measure-several",
                                        Select.of(s.table().sql(), g.sql(), m.sql(""))
                                                .groupBy(g.sql())
                                                .orderBy(m.sql(""), true)
                                                .limit(rows))
                                .with("table", s.entity())
                                .with("measure", m.term())
                                .with("n", rows)
                                .with("group", s.attribute(g))));
    }

    private static Optional<Measure> anyMeasure(DraftScope s) {
        return s.choice().chance(0.6)
                ? measure(s)
                : Measures.draw(s, s.choice().one(List.of(Aggregate.MAX, Aggregate.MIN)));
    }

    private static Optional<Measure> measure(DraftScope s) {
        return Measures.draw(s, s.choice().chance(0.5) ? Aggregate.AVG : Aggregate.SUM);
    }

    private static Optional<ColumnProfile> group(DraftScope s, Measure measure) {
        return s.group().filter(group -> !group.equals(measure.column()));
    }
}
