package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.Join.CHILD;
import static org.sqltune.synthesis.template.Join.PARENT;
import static org.sqltune.synthesis.template.JoinTemplates.join;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftCondition;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Two joined tables with a condition on each, or with two on the children. */
final class BothSidesTemplates {
    private BothSidesTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                join("both-columns", BothSidesTemplates::columns),
                join("both-of-one", BothSidesTemplates::ofOne),
                join("both-count", BothSidesTemplates::count),
                join("both-count-parents", BothSidesTemplates::countParents),
                join("both-measure", BothSidesTemplates::measure),
                join("both-parents", BothSidesTemplates::parents),
                join("parents-of-both", BothSidesTemplates::parentsOfBoth),
                join("parents-columns", BothSidesTemplates::parentsColumns));
    }

    /**
     * A join under two conditions.
     *
     * @param join the join
     * @param rows a condition on the children
     * @param owners a condition on the parents
     */
    private record Both(Join join, Single rows, Single owners) {
        Draft draft(String phrases, Select select) {
            return join.draft(phrases, select.where(owners.sql(PARENT) + " AND " + rows.sql(CHILD)))
                    .with("rows", join.child().where(rows))
                    .with("owners", join.parent().where(owners));
        }
    }

    private static Optional<Both> both(Optional<Join> join) {
        return join.flatMap(j -> Conditions.telling(j.child())
                .flatMap(rows -> Conditions.telling(j.parent()).map(owners -> new Both(j, rows, owners))));
    }

    private static Optional<Draft> columns(DraftScope s) {
        return both(Join.up(s))
                .flatMap(b -> shown(s, b.rows())
                        .map(c -> b.draft("join-both-columns", b.join().select(CHILD + c.sql()))
                                .with("column", s.attribute(c))));
    }

    /** Draws the children of a named parent under a condition. */
    private static Optional<Draft> ofOne(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> Conditions.telling(s)
                        .flatMap(rows -> shown(s, rows)
                                .flatMap(c -> j.oneName()
                                        .map(value -> j.draft(
                                                        "join-both-of-one",
                                                        j.select(CHILD + c.sql())
                                                                .where(j.nameSql() + " = " + value.literal() + " AND "
                                                                        + rows.sql(CHILD)))
                                                .with("column", s.attribute(c))
                                                .with("rows", s.where(rows))
                                                .with("value", value)))));
    }

    private static Optional<Draft> count(DraftScope s) {
        return both(Join.up(s)).map(b -> b.draft("join-both-count", b.join().select("COUNT(*)")));
    }

    private static Optional<Draft> countParents(DraftScope s) {
        boolean owned = s.choice().chance(0.6);
        return both(Join.up(s)).map(b -> {
            Join j = b.join();
            Select select = j.select("COUNT(DISTINCT " + j.keySql() + ")");
            return owned
                    ? b.draft("join-both-count-parents", select)
                    : j.draft("join-count-parents", select.where(b.rows().sql(CHILD)))
                            .with("rows", s.where(b.rows()));
        });
    }

    private static Optional<Draft> measure(DraftScope s) {
        return JoinMeasureTemplates.measure(s)
                .flatMap(m -> both(Join.up(s))
                        .filter(b -> !b.rows().column().equals(m.column()))
                        .map(b -> b.draft("join-both-measure", b.join().select(m.sql(CHILD)))
                                .with("measure", m.term())));
    }

    private static Optional<Draft> parents(DraftScope s) {
        return both(Join.upToNamed(s))
                .map(b -> b.draft(
                        "join-both-parents", b.join().select(b.join().nameSql()).withDistinct()));
    }

    private static Optional<Draft> parentsOfBoth(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> Conditions.categoryAndLimit(s)
                        .map(rows -> j.draft(
                                        "join-parents-of-some",
                                        j.select(j.nameSql()).withDistinct().where(rows.sql(CHILD)))
                                .with("rows", s.where(rows))));
    }

    /** Draws two columns of the parents whose children satisfy one condition or two. */
    private static Optional<Draft> parentsColumns(DraftScope s) {
        Optional<? extends DraftCondition> condition =
                s.choice().chance(0.5) ? Conditions.categoryAndLimit(s) : Conditions.telling(s);
        return Join.upToNamed(s)
                .flatMap(j -> j.parent()
                        .column(c -> !c.equals(j.name()) && !c.is(ColumnRole.KEY, ColumnRole.OTHER))
                        .flatMap(c -> condition.map(rows -> j.draft(
                                        "join-parents-columns",
                                        j.select(j.nameSql(), PARENT + c.sql())
                                                .withDistinct()
                                                .where(rows.sql(CHILD)))
                                .with("fields", new Term.Attributes(j.link().parent(), List.of(j.name(), c)))
                                .with("rows", s.where(rows)))));
    }

    /** Picks the children's name, mostly, or another column that the condition doesn't fix. */
    static Optional<ColumnProfile> shown(DraftScope s, Single condition) {
        ColumnProfile label = s.table().label();
        return label.is(ColumnRole.NAME) && s.choice().chance(0.6)
                ? Optional.of(label)
                : s.shown().filter(c -> !c.equals(condition.column()));
    }
}
