package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.AggregateTemplates.aggregation;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Comparison;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Counts of one table by group. */
final class GroupTemplates {
    private static final String COUNT = "COUNT(*)";

    private GroupTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                aggregation("group-count", GroupTemplates::groupCount),
                aggregation("group-count-where", GroupTemplates::groupCountWhere),
                aggregation("group-count-ordered", GroupTemplates::groupCountOrdered),
                aggregation("group-count-top", GroupTemplates::groupCountTop),
                aggregation("group-having-count", GroupTemplates::groupHavingCount),
                aggregation("count-by-year", s -> countByPeriod(s, "%Y", "count-by-year")),
                aggregation("count-by-month", s -> countByPeriod(s, "%Y-%m", "count-by-month")));
    }

    private static Optional<Draft> groupCount(DraftScope s) {
        return s.group()
                .map(g -> Draft.of("group-count", counted(s, g))
                        .with("table", s.entity())
                        .with("rows", s.all())
                        .with("group", s.attribute(g)));
    }

    private static Optional<Draft> groupCountWhere(DraftScope s) {
        return s.group()
                .flatMap(g -> Conditions.common(s)
                        .filter(condition -> !condition.column().equals(g))
                        .map(condition -> Draft.of("group-count", counted(s, g).where(condition.sql("")))
                                .with("table", s.entity())
                                .with("rows", s.where(condition))
                                .with("group", s.attribute(g))));
    }

    private static Optional<Draft> groupCountOrdered(DraftScope s) {
        boolean down = s.choice().chance(0.7);
        return s.group()
                .map(g -> Draft.of(
                                down ? "group-count-down" : "group-count-up",
                                counted(s, g).orderBy(COUNT, down))
                        .with("table", s.entity())
                        .with("group", s.attribute(g)));
    }

    private static Optional<Draft> groupCountTop(DraftScope s) {
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

    private static Optional<Draft> groupHavingCount(DraftScope s) {
        Comparison comparison = Comparison.draw(s.choice());
        return s.group().map(g -> {
            int most = Math.max(3, 2 * s.table().rows() / g.values().size());
            int count = comparison.count(s.choice(), most);
            return Draft.of(
                            "group-having-" + comparison.section(count),
                            Select.of(s.table().sql(), g.sql())
                                    .groupBy(g.sql())
                                    .having(COUNT + comparison.operator() + count))
                    .with("table", s.entity())
                    .with("n", count)
                    .with("group", s.attribute(g));
        });
    }

    private static Optional<Draft> countByPeriod(DraftScope s, String format, String phrases) {
        return s.column(c -> c.is(ColumnRole.DATE) && c.missing() == 0).map(c -> {
            String period = "strftime('" + format + "', " + c.sql() + ")";
            return Draft.of(phrases, Select.of(s.table().sql(), period, COUNT).groupBy(period))
                    .with("table", s.entity())
                    .with("column", s.attribute(c));
        });
    }

    private static Select counted(DraftScope s, ColumnProfile group) {
        return Select.of(s.table().sql(), group.sql(), COUNT).groupBy(group.sql());
    }
}
