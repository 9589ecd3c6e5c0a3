package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.Join.CHILD;
import static org.sqltune.synthesis.template.Join.PARENT;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;

/** Rows of several joined tables, and rows of one table selected by another. */
final class JoinTemplates {
    private JoinTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                join("columns", JoinTemplates::columns),
                join("columns-where", JoinTemplates::columnsWhere),
                join("children-of-one", JoinTemplates::childrenOfOne),
                join("children-of-some", JoinTemplates::childrenOfSome),
                join("parents-of-some", JoinTemplates::parentsOfSome),
                join("parent-of-one", JoinTemplates::parentOfOne),
                join("parent-of-top", JoinTemplates::parentOfTop),
                join("two-parents", JoinTemplates::twoParents),
                join("across", JoinTemplates::across),
                join("grandparent", JoinTemplates::grandparent));
    }

    static QueryTemplate join(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("join." + id, QueryCategory.JOIN, rule);
    }

    private static Optional<Draft> columns(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> s.shown()
                        .flatMap(c -> shownOfParent(j)
                                .map(p -> j.draft("join-columns", j.select(CHILD + c.sql(), PARENT + p.sql()))
                                        .with("column", s.attribute(c))
                                        .with("other", j.parent().attribute(p)))));
    }

    private static Optional<Draft> columnsWhere(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> s.shown()
                        .flatMap(c -> shownOfParent(j)
                                .flatMap(p -> Conditions.common(s)
                                        .filter(condition -> !condition.column().equals(c))
                                        .map(condition -> j.draft(
                                                        "join-columns-where",
                                                        j.select(CHILD + c.sql(), PARENT + p.sql())
                                                                .where(condition.sql(CHILD)))
                                                .with("column", s.attribute(c))
                                                .with("other", j.parent().attribute(p))
                                                .with("rows", s.where(condition))))));
    }

    private static Optional<Draft> childrenOfOne(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> s.shown()
                        .flatMap(c -> j.oneName()
                                .map(value -> j.draft(
                                                "join-children-of-one",
                                                j.select(CHILD + c.sql()).where(j.nameSql() + " = " + value.literal()))
                                        .with("column", s.attribute(c))
                                        .with("value", value))));
    }

    private static Optional<Draft> childrenOfSome(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> s.shown()
                        .flatMap(c -> Conditions.common(j.parent())
                                .map(condition -> j.draft(
                                                "join-children-of-some",
                                                j.select(CHILD + c.sql()).where(condition.sql(PARENT)))
                                        .with("column", s.attribute(c))
                                        .with("owners", j.parent().where(condition)))));
    }

    private static Optional<Draft> parentsOfSome(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> Conditions.common(s)
                        .map(condition -> j.draft(
                                        "join-parents-of-some",
                                        j.select(j.nameSql()).withDistinct().where(condition.sql(CHILD)))
                                .with("rows", s.where(condition))));
    }

    private static Optional<Draft> parentOfOne(DraftScope s) {
        ColumnProfile label = s.table().label();
        if (!label.unique()) {
            return Optional.empty();
        }
        return Join.upToNamed(s)
                .flatMap(j -> shownOfParent(j)
                        .flatMap(p -> s.choice()
                                .from(label.values().stream()
                                        .filter(Thresholds::sayable)
                                        .toList())
                                .map(value -> j.draft(
                                                label.is(ColumnRole.NAME)
                                                        ? "join-parent-of-named"
                                                        : "join-parent-of-key",
                                                j.select(PARENT + p.sql())
                                                        .where(CHILD + label.sql() + " = " + value.literal()))
                                        .with("other", j.parent().attribute(p))
                                        .with("key", s.attribute(label))
                                        .with("value", value))));
    }

    private static Optional<Draft> parentOfTop(DraftScope s) {
        boolean highest = s.choice().chance(0.65);
        return Join.upToNamed(s)
                .flatMap(j -> s.column(c -> c.ordered() && c.missing() == 0)
                        .flatMap(by -> shownOfParent(j)
                                .map(p -> j.draft(
                                                "join-parent-of-top",
                                                j.select(PARENT + p.sql())
                                                        .orderBy(CHILD + by.sql(), highest)
                                                        .limit(1))
                                        .with("other", j.parent().attribute(p))
                                        .with("top", new Term.Top(s.all(), by, highest)))));
    }

    private static Optional<Draft> twoParents(DraftScope s) {
        return Join.upTwice(s).flatMap(joins -> {
            Join first = joins.get(0);
            Link second = joins.get(1).link();
            ColumnProfile other = second.parent().label();
            return s.shown().map(c -> {
                boolean withColumn = s.choice().chance(0.5);
                String from = first.fromWithSecondParent(second);
                Select select = withColumn
                        ? Select.of(from, CHILD + c.sql(), first.nameSql(), "T3." + other.sql())
                        : Select.of(from, first.nameSql(), "T3." + other.sql());
                return first.draft(withColumn ? "join-two-parents-column" : "join-two-parents", select)
                        .with("column", s.attribute(c))
                        .with("second", new Term.Entity(second.parent()))
                        .with("other", new Term.Attribute(second.parent(), other));
            });
        });
    }

    /** Draws a query from one parent through the children to the other: products reviewed by certain customers. */
    private static Optional<Draft> across(DraftScope s) {
        return Join.upTwice(s)
                .filter(joins -> joins.get(0).name().is(ColumnRole.NAME))
                .flatMap(joins -> {
                    Join first = joins.get(0);
                    Join second = joins.get(1);
                    return Conditions.common(second.parent())
                            .map(condition -> first.draft(
                                            "join-across",
                                            Select.of(first.fromWithSecondParent(second.link()), first.nameSql())
                                                    .withDistinct()
                                                    .where(condition.sql("T3.")))
                                    .with("owners", second.parent().where(condition)));
                });
    }

    /** Returns whether there is a direct reference, which the words would suggest instead. */
    static boolean refersTo(DraftScope s, Link up) {
        return s.database().linksFrom(s.table()).stream()
                .anyMatch(link -> link.parent().name().equals(up.parent().name()));
    }

    private static Optional<Draft> grandparent(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> j.parent().up().filter(up -> !refersTo(s, up)).flatMap(up -> {
                    DraftScope top = s.over(up.parent());
                    boolean counted = s.choice().chance(0.4);
                    return s.shown()
                            .flatMap(c -> Conditions.common(top)
                                    .map(condition -> j.draft(
                                                    counted ? "join-grandparent-count" : "join-grandparent",
                                                    Select.of(
                                                                    j.fromWithGrandparent(up),
                                                                    counted ? "COUNT(*)" : CHILD + c.sql())
                                                            .where(condition.sql("T3.")))
                                            .with("column", s.attribute(c))
                                            .with("owners", top.where(condition))));
                }));
    }

    /** Picks the parents' name, or occasionally another column. */
    static Optional<ColumnProfile> shownOfParent(Join j) {
        boolean named = j.name().is(ColumnRole.NAME) && j.parent().choice().chance(0.65);
        return named ? Optional.of(j.name()) : j.parent().column(c -> !c.is(ColumnRole.KEY, ColumnRole.OTHER));
    }
}
