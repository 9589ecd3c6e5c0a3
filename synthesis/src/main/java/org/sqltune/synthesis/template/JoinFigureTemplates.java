package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.Join.CHILD;
import static org.sqltune.synthesis.template.Join.PARENT;
import static org.sqltune.synthesis.template.JoinMeasureTemplates.totalOrAverage;
import static org.sqltune.synthesis.template.JoinTemplates.join;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Comparison;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;

/** Figures of children by their parents, over some of the children or the parents, or of the first parents only. */
final class JoinFigureTemplates {
    private static final String COUNT = "COUNT(*)";

    private JoinFigureTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                join("group-count-where", JoinFigureTemplates::groupCountWhere),
                join("group-measure-where", JoinFigureTemplates::groupMeasureWhere),
                join("group-measure-of-some", JoinFigureTemplates::groupMeasureOfSome),
                join("group-attribute-ordered", JoinFigureTemplates::groupAttributeOrdered),
                join("measure-top-where", JoinFigureTemplates::measureTopWhere),
                join("measure-top-figure", JoinFigureTemplates::measureTopFigure),
                join("having-figure", JoinFigureTemplates::havingFigure));
    }

    private static Optional<Draft> groupCountWhere(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> Conditions.telling(s)
                        .map(rows -> j.draft(
                                        "join-group-count-where",
                                        j.select(j.nameSql(), COUNT)
                                                .where(rows.sql(CHILD))
                                                .groupBy(j.keySql()))
                                .with("rows", s.where(rows))));
    }

    private static Optional<Draft> groupMeasureWhere(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> j.parent()
                        .group()
                        .flatMap(g -> totalOrAverage(s)
                                .flatMap(m -> Conditions.telling(s)
                                        .filter(rows -> !rows.column().equals(m.column()))
                                        .map(rows -> j.draft(
                                                        "join-group-measure-where",
                                                        j.select(PARENT + g.sql(), m.sql(CHILD))
                                                                .where(rows.sql(CHILD))
                                                                .groupBy(PARENT + g.sql()))
                                                .with("rows", s.where(rows))
                                                .with("measure", m.term())
                                                .with("group", j.parent().attribute(g))))));
    }

    private static Optional<Draft> groupMeasureOfSome(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> totalOrAverage(s)
                        .flatMap(m -> Conditions.telling(j.parent())
                                .map(owners -> j.draft(
                                                "join-group-measure-of-some",
                                                j.select(j.nameSql(), m.sql(CHILD))
                                                        .where(owners.sql(PARENT))
                                                        .groupBy(j.keySql()))
                                        .with("measure", m.term())
                                        .with("owners", j.parent().where(owners)))));
    }

    private static Optional<Draft> groupAttributeOrdered(DraftScope s) {
        boolean down = s.choice().chance(0.7);
        return Join.up(s)
                .flatMap(j -> j.parent()
                        .group()
                        .flatMap(g -> totalOrAverage(s)
                                .map(m -> j.draft(
                                                "join-group-attribute-" + (down ? "down" : "up"),
                                                j.select(PARENT + g.sql(), m.sql(CHILD))
                                                        .groupBy(PARENT + g.sql())
                                                        .orderBy(m.sql(CHILD), down))
                                        .with("measure", m.term())
                                        .with("group", j.parent().attribute(g)))));
    }

    private static Optional<Draft> measureTopWhere(DraftScope s) {
        int rows = s.choice().chance(0.5) ? 1 : s.choice().between(2, 5);
        return Join.upToNamed(s)
                .flatMap(j -> totalOrAverage(s)
                        .flatMap(m -> Conditions.telling(s)
                                .filter(condition -> !condition.column().equals(m.column()))
                                .map(condition -> j.draft(
                                                rows == 1 ? "join-measure-top-where" : "join-measure-top-several-where",
                                                j.select(j.nameSql())
                                                        .where(condition.sql(CHILD))
                                                        .groupBy(j.keySql())
                                                        .orderBy(m.sql(CHILD), true)
                                                        .limit(rows))
                                        .with("rows", s.where(condition))
                                        .with("measure", m.term())
                                        .with("n", rows))));
    }

    private static Optional<Draft> measureTopFigure(DraftScope s) {
        int rows = s.choice().chance(0.3) ? 1 : s.choice().between(2, 5);
        return Join.upToNamed(s)
                .flatMap(j -> totalOrAverage(s)
                        .map(m -> j.draft(
                                        rows == 1 ? "join-measure-top-figure" : "join-measure-top-several-figure",
                                        j.select(j.nameSql(), m.sql(CHILD))
                                                .groupBy(j.keySql())
                                                .orderBy(m.sql(CHILD), true)
                                                .limit(rows))
                                .with("measure", m.term())
                                .with("n", rows)));
    }

    private static Optional<Draft> havingFigure(DraftScope s) {
        Comparison comparison = s.choice().chance(0.7) ? Comparison.MORE : Comparison.LEAST;
        int count = comparison.count(s.choice(), 5);
        return Join.upToNamed(s).map(j -> {
            Select select =
                    j.select(j.nameSql(), COUNT).groupBy(j.keySql()).having(COUNT + comparison.operator() + count);
            return j.draft("join-having-figure-" + comparison.section(count), select)
                    .with("n", count);
        });
    }
}
