package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.AggregateTemplates.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Term.Aggregate;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.template.Measures.Measure;

/** Sums, averages and extremes of one table by group. */
final class GroupMeasureTemplates {
    private GroupMeasureTemplates() {}

    static List<QueryTemplate> all() {
        List<QueryTemplate> templates = new ArrayList<>();
        for (Aggregate function : Aggregate.values()) {
            String name = "group-" + function.name().toLowerCase(Locale.ROOT);
            templates.add(aggregation(name, s -> groupMeasure(s, function)));
        }
        templates.add(aggregation("group-measure-top", GroupMeasureTemplates::groupMeasureTop));
        templates.add(aggregation("group-measure-ordered", GroupMeasureTemplates::groupMeasureOrdered));
        templates.add(aggregation("group-measure-where", GroupMeasureTemplates::groupMeasureWhere));
        templates.add(aggregation("group-having-measure", GroupMeasureTemplates::groupHavingMeasure));
        templates.add(aggregation("measure-by-year", GroupMeasureTemplates::measureByYear));
        return templates;
    }

    private static Optional<Draft> groupMeasure(DraftScope s, Aggregate function) {
        return Measures.draw(s, function)
                .flatMap(m -> otherGroup(s, m)
                        .map(g -> Draft.of(
                                        "group-measure",
                                        Select.of(s.table().sql(), g.sql(), m.sql(""))
                                                .groupBy(g.sql()))
                                .with("measure", m.term())
                                .with("table", s.entity())
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupMeasureTop(DraftScope s) {
        boolean highest = s.choice().chance(0.65);
        Aggregate function = s.choice().chance(0.6) ? Aggregate.AVG : Aggregate.SUM;
        return Measures.draw(s, function)
                .flatMap(m -> otherGroup(s, m)
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

    private static Optional<Draft> groupHavingMeasure(DraftScope s) {
        boolean above = s.choice().chance(0.6);
        return Measures.draw(s, Aggregate.AVG)
                .flatMap(m -> otherGroup(s, m).map(g -> {
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

    private static Optional<Draft> groupMeasureOrdered(DraftScope s) {
        boolean down = s.choice().chance(0.7);
        return totalOrAverage(s)
                .flatMap(m -> otherGroup(s, m)
                        .map(g -> Draft.of(
                                        down ? "group-measure-down" : "group-measure-up",
                                        Select.of(s.table().sql(), g.sql(), m.sql(""))
                                                .groupBy(g.sql())
                                                .orderBy(m.sql(""), down))
                                .with("measure", m.term())
                                .with("table", s.entity())
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupMeasureWhere(DraftScope s) {
        return totalOrAverage(s)
                .flatMap(m -> otherGroup(s, m)
                        .flatMap(g -> Conditions.common(s)
                                .filter(condition -> !List.of(g, m.column()).contains(condition.column()))
                                .map(condition -> Draft.of(
                                                "group-measure-where",
                                                Select.of(s.table().sql(), g.sql(), m.sql(""))
                                                        .where(condition.sql(""))
                                                        .groupBy(g.sql()))
                                        .with("measure", m.term())
                                        .with("rows", s.where(condition))
                                        .with("group", s.attribute(g)))));
    }

    private static Optional<Draft> measureByYear(DraftScope s) {
        return totalOrAverage(s)
                .flatMap(m -> s.column(c -> c.is(ColumnRole.DATE) && c.missing() == 0)
                        .map(c -> {
                            String year = "strftime('%Y', " + c.sql() + ")";
                            return Draft.of(
                                            "measure-by-year",
                                            Select.of(s.table().sql(), year, m.sql(""))
                                                    .groupBy(year))
                                    .with("measure", m.term())
                                    .with("table", s.entity())
                                    .with("column", s.attribute(c));
                        }));
    }

    private static Optional<Measure> totalOrAverage(DraftScope s) {
        return Measures.draw(s, s.choice().chance(0.5) ? Aggregate.SUM : Aggregate.AVG);
    }

    private static Optional<ColumnProfile> otherGroup(DraftScope s, Measure measure) {
        return s.group().filter(group -> !group.equals(measure.column()));
    }
}
