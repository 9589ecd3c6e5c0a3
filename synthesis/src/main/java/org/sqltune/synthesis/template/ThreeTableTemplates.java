package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.Join.CHILD;
import static org.sqltune.synthesis.template.JoinTemplates.join;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.profile.ProfiledValue;

/** Children with two parents, or with a parent and a grandparent, under conditions at the ends. */
final class ThreeTableTemplates {
    private static final String THIRD = "T3.";

    private ThreeTableTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                join("second-of-one", s -> secondOfOne(s, false)),
                join("second-of-one-where", s -> secondOfOne(s, true)),
                join("column-of-one-second", ThreeTableTemplates::columnOfOneSecond),
                join("grandparent-fields", ThreeTableTemplates::grandparentFields),
                join("grandparent-measure", ThreeTableTemplates::grandparentMeasure),
                join("grandparent-other", ThreeTableTemplates::grandparentOther));
    }

    /** Draws what is linked with a named row: the products of the orders of one customer. */
    private static Optional<Draft> secondOfOne(DraftScope s, boolean filtered) {
        return Join.upTwice(s).filter(ThreeTableTemplates::named).flatMap(joins -> {
            Join first = joins.get(0);
            Join second = joins.get(1);
            return first.oneName().flatMap(value -> {
                Select select = Select.of(
                                first.fromWithSecondParent(second.link()),
                                THIRD + second.name().sql())
                        .withDistinct();
                String one = first.nameSql() + " = " + value.literal();
                return filtered
                        ? Conditions.telling(s)
                                .map(rows -> second(first, second, "join-second-of-one-where", value)
                                        .of(select.where(one + " AND " + rows.sql(CHILD)))
                                        .with("rows", s.where(rows)))
                        : Optional.of(second(first, second, "join-second-of-one", value)
                                .of(select.where(one)));
            });
        });
    }

    /** Draws the names of one parent and a column of the children of a named other one, under a condition. */
    private static Optional<Draft> columnOfOneSecond(DraftScope s) {
        return Join.upTwice(s).filter(ThreeTableTemplates::named).flatMap(joins -> {
            Join first = joins.get(0);
            Join second = joins.get(1);
            return second.oneName()
                    .flatMap(value -> Conditions.telling(s)
                            .flatMap(rows -> s.shown()
                                    .filter(c -> !c.equals(rows.column()) && !c.is(ColumnRole.KEY))
                                    .map(c -> second(first, second, "join-column-of-one-second", value)
                                            .of(Select.of(
                                                            first.fromWithSecondParent(second.link()),
                                                            first.nameSql(),
                                                            CHILD + c.sql())
                                                    .where(THIRD + second.name().sql() + " = " + value.literal()
                                                            + " AND " + rows.sql(CHILD)))
                                            .with("column", s.attribute(c))
                                            .with("rows", s.where(rows)))));
        });
    }

    private static boolean named(List<Join> joins) {
        return joins.stream().allMatch(join -> join.name().is(ColumnRole.NAME));
    }

    /** Makes the draft of a query. */
    private interface Drafts {
        Draft of(Select select);
    }

    private static Drafts second(Join first, Join second, String phrases, ProfiledValue value) {
        return select -> first.draft(phrases, select)
                .with("second", second.parent().entity())
                .with("other", second.parent().attribute(second.name()))
                .with("value", value);
    }

    /** A join with a named grandparent that the children have no direct link to. */
    private record Grandparent(Join join, Link up, DraftScope top, ColumnProfile name) {
        static Optional<Grandparent> draw(DraftScope s) {
            return Join.up(s)
                    .flatMap(j -> j.parent()
                            .up()
                            .filter(up -> !JoinTemplates.refersTo(s, up)
                                    && up.parent().label().is(ColumnRole.NAME))
                            .map(up -> new Grandparent(
                                    j, up, s.over(up.parent()), up.parent().label())));
        }

        Optional<ProfiledValue> oneName() {
            return new Join(up, join.parent(), top).oneName();
        }

        String from() {
            return join.fromWithGrandparent(up);
        }

        String isOne(ProfiledValue value) {
            return THIRD + name.sql() + " = " + value.literal();
        }

        Draft draft(String phrases, Select select) {
            return join.draft(phrases, select).with("top", top.entity());
        }
    }

    private static Optional<Draft> grandparentFields(DraftScope s) {
        boolean ordered = s.choice().chance(0.5);
        return Grandparent.draw(s)
                .flatMap(g -> g.oneName()
                        .flatMap(value -> s.column(c -> !ordered || (c.is(ColumnRole.DATE) && c.missing() == 0))
                                .filter(by -> !by.is(ColumnRole.KEY, ColumnRole.OTHER))
                                .flatMap(by -> JoinColumnTemplates.withOther(s, by)
                                        .map(list -> {
                                            Select all = Select.of(g.from(), JoinColumnTemplates.names(CHILD, list))
                                                    .where(g.isOne(value));
                                            return g.draft(
                                                            ordered
                                                                    ? "join-fields-of-one-newest"
                                                                    : "join-grandparent-fields",
                                                            ordered ? all.orderBy(CHILD + by.sql(), true) : all)
                                                    .with("fields", new Term.Attributes(s.table(), list))
                                                    .with("measure", s.attribute(by))
                                                    .with("value", value);
                                        }))));
    }

    private static Optional<Draft> grandparentMeasure(DraftScope s) {
        boolean filtered = s.choice().chance(0.6);
        return Grandparent.draw(s)
                .flatMap(g -> JoinMeasureTemplates.measure(s)
                        .flatMap(m -> Conditions.telling(g.top())
                                .flatMap(owners -> Conditions.telling(s)
                                        .filter(rows -> !rows.column().equals(m.column()))
                                        .map(rows -> {
                                            String where = owners.sql(THIRD);
                                            Select select = Select.of(g.from(), m.sql(CHILD))
                                                    .where(filtered ? where + " AND " + rows.sql(CHILD) : where);
                                            return g.draft("join-both-measure", select)
                                                    .with("measure", m.term())
                                                    .with("rows", filtered ? s.where(rows) : s.all())
                                                    .with("owners", g.top().where(owners));
                                        }))));
    }

    /** Draws the other parent's names of a named grandparent: the products in the orders of one customer. */
    private static Optional<Draft> grandparentOther(DraftScope s) {
        return Grandparent.draw(s)
                .flatMap(g -> s.choice()
                        .from(s.database().linksFrom(s.table()).stream()
                                .filter(link -> !link.equals(g.join().link())
                                        && link.parent().label().is(ColumnRole.NAME))
                                .toList())
                        .flatMap(other -> g.oneName().map(value -> {
                            ColumnProfile name = other.parent().label();
                            String from = g.from() + " JOIN " + other.parent().sql() + " AS T4 ON " + CHILD
                                    + other.reference().sql() + " = T4."
                                    + other.key().sql();
                            return g.draft(
                                            "join-grandparent-other",
                                            Select.of(from, "T4." + name.sql())
                                                    .withDistinct()
                                                    .where(g.isOne(value)))
                                    .with("second", new Term.Entity(other.parent()))
                                    .with("other", new Term.Attribute(other.parent(), name))
                                    .with("value", value);
                        })));
    }
}
