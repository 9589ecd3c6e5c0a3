package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.Join.CHILD;
import static org.sqltune.synthesis.template.Join.PARENT;
import static org.sqltune.synthesis.template.JoinTemplates.join;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Term.Aggregate;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.ProfiledValue;
import org.sqltune.synthesis.template.Measures.Measure;

/** Sums, averages and extremes of children by their parents. */
final class JoinMeasureTemplates {
    private JoinMeasureTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                join("measure-of-one", JoinMeasureTemplates::measureOfOne),
                join("measure-of-some", JoinMeasureTemplates::measureOfSome),
                join("group-measure", JoinMeasureTemplates::groupMeasure),
                join("group-measure-attribute", JoinMeasureTemplates::groupMeasureAttribute),
                join("group-measure-ordered", JoinMeasureTemplates::groupMeasureOrdered),
                join("measure-top", JoinMeasureTemplates::measureTop),
                join("measure-top-several", JoinMeasureTemplates::measureTopSeveral),
                join("having-measure", JoinMeasureTemplates::havingMeasure));
    }

    private static Optional<Draft> measureOfOne(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> measure(s)
                        .flatMap(m -> j.oneName()
                                .map(value -> j.draft(
                                                "join-measure-of-one",
                                                j.select(m.sql(CHILD)).where(j.nameSql() + " = " + value.literal()))
                                        .with("measure", m.term())
                                        .with("value", value))));
    }

    private static Optional<Draft> measureOfSome(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> measure(s)
                        .flatMap(m -> Conditions.common(j.parent())
                                .map(condition -> j.draft(
                                                "join-measure-of-some",
                                                j.select(m.sql(CHILD)).where(condition.sql(PARENT)))
                                        .with("measure", m.term())
                                        .with("owners", j.parent().where(condition)))));
    }

    private static Optional<Draft> groupMeasure(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> measure(s)
                        .map(m -> j.draft(
                                        "join-group-measure",
                                        j.select(j.nameSql(), m.sql(CHILD)).groupBy(j.keySql()))
                                .with("measure", m.term())));
    }

    private static Optional<Draft> groupMeasureAttribute(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> measure(s)
                        .flatMap(m -> j.parent()
                                .group()
                                .map(g -> j.draft(
                                                "join-group-measure-attribute",
                                                j.select(PARENT + g.sql(), m.sql(CHILD))
                                                        .groupBy(PARENT + g.sql()))
                                        .with("measure", m.term())
                                        .with("group", j.parent().attribute(g)))));
    }

    private static Optional<Draft> measureTop(DraftScope s) {
        boolean highest = s.choice().chance(0.7);
        boolean attribute = s.choice().chance(0.4);
        return Join.up(s)
                .flatMap(j -> totalOrAverage(s).flatMap(m -> {
                    Optional<ColumnProfile> group = attribute
                            ? j.parent().group()
                            : Optional.of(j.name()).filter(n -> n.is(ColumnRole.NAME));
                    return group.map(g -> j.draft(
                                    attribute ? "join-measure-top-attribute" : "join-measure-top",
                                    j.select(PARENT + g.sql())
                                            .groupBy(attribute ? PARENT + g.sql() : j.keySql())
                                            .orderBy(m.sql(CHILD), highest)
                                            .limit(1))
                            .with("measure", m.term())
                            .with("extreme", new Term.Extreme(m.column(), highest))
                            .with("group", j.parent().attribute(g)));
                }));
    }

    private static Optional<Draft> measureTopSeveral(DraftScope s) {
        int rows = s.choice().between(2, 5);
        return Join.upToNamed(s)
                .flatMap(j -> totalOrAverage(s)
                        .map(m -> j.draft(
                                        "join-measure-top-several",
                                        j.select(j.nameSql())
                                                .groupBy(j.keySql())
                                                .orderBy(m.sql(CHILD), true)
                                                .limit(rows))
                                .with("measure", m.term())
                                .with("n", rows)));
    }

    private static Optional<Draft> groupMeasureOrdered(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> totalOrAverage(s)
                        .map(m -> j.draft(
                                        "join-group-measure-ordered",
                                        j.select(j.nameSql(), m.sql(CHILD))
                                                .groupBy(j.keySql())
                                                .orderBy(m.sql(CHILD), true))
                                .with("measure", m.term())));
    }

    private static Optional<Draft> havingMeasure(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> totalOrAverage(s).map(m -> {
                    ProfiledValue threshold =
                            Thresholds.near(s.choice().one(m.column().values()));
                    return j.draft(
                                    "join-having-measure",
                                    j.select(j.nameSql())
                                            .groupBy(j.keySql())
                                            .having(m.sql(CHILD) + " > " + threshold.literal()))
                            .with("measure", m.term())
                            .with("n", threshold);
                }));
    }

    static Optional<Measure> totalOrAverage(DraftScope s) {
        return Measures.draw(s, s.choice().chance(0.6) ? Aggregate.SUM : Aggregate.AVG);
    }

    static Optional<Measure> measure(DraftScope s) {
        int dice = s.choice().between(1, 10);
        Aggregate function =
                dice <= 4 ? Aggregate.SUM : dice <= 7 ? Aggregate.AVG : dice <= 9 ? Aggregate.MAX : Aggregate.MIN;
        return Measures.draw(s, function);
    }
}
