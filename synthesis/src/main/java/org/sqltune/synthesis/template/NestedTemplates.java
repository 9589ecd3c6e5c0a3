package org.sqltune.synthesis.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;

/** Subqueries and set operations. */
final class NestedTemplates {
    private NestedTemplates() {}

    static List<QueryTemplate> all() {
        List<QueryTemplate> templates = new ArrayList<>();
        conditional(templates, "above-average", s -> NestedConditions.average(s, true));
        conditional(templates, "below-average", s -> NestedConditions.average(s, false));
        conditional(templates, "equal-highest", s -> NestedConditions.extreme(s, true));
        conditional(templates, "equal-lowest", s -> NestedConditions.extreme(s, false));
        conditional(templates, "above-one", s -> NestedConditions.thanOne(s, true));
        conditional(templates, "below-one", s -> NestedConditions.thanOne(s, false));
        conditional(templates, "same-as-one", NestedConditions::sameAsOne);
        conditional(templates, "with-children", s -> NestedConditions.children(s, true));
        conditional(templates, "without-children", s -> NestedConditions.children(s, false));
        conditional(templates, "with-children-where", s -> NestedConditions.childrenWhere(s, true));
        conditional(templates, "without-children-where", s -> NestedConditions.childrenWhere(s, false));
        conditional(templates, "parent-where", NestedConditions::parentWhere);
        templates.add(nested("except", s -> sets(s, "EXCEPT", "except")));
        templates.add(nested("intersect", s -> sets(s, "INTERSECT", "intersect")));
        templates.add(nested("union", s -> sets(s, "UNION", "union")));
        templates.add(nested("except-keys", NestedTemplates::exceptKeys));
        templates.add(nested("intersect-keys", NestedTemplates::intersectKeys));
        templates.add(nested("average-count", NestedTemplates::averageCount));
        templates.add(nested("groups-above-average", NestedTemplates::groupsAboveAverage));
        return templates;
    }

    private static QueryTemplate nested(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("nested." + id, QueryCategory.NESTED, rule);
    }

    /** Adds templates that show or count the rows of a condition. */
    private static void conditional(
            List<QueryTemplate> templates, String id, Function<DraftScope, Optional<Single>> condition) {
        templates.add(nested(id, s -> condition.apply(s).flatMap(c -> Projections.of(s, c))));
        templates.add(nested("count-" + id, s -> condition.apply(s).map(c -> Projections.count(s, c))));
    }

    /** Draws values of one column that occur with one value of another column and (don't) occur with a second value. */
    private static Optional<Draft> sets(DraftScope s, String operator, String phrases) {
        return s.column(c -> c.is(ColumnRole.CATEGORY) && c.groupable())
                .flatMap(shown -> s.column(c -> c.is(ColumnRole.CATEGORY) && !c.equals(shown))
                        .flatMap(by -> s.choice()
                                .some(
                                        by.values().stream()
                                                .filter(Thresholds::sayable)
                                                .toList(),
                                        2)
                                .map(pair -> {
                                    Select select = Select.of(s.table().sql(), shown.sql());
                                    String sql = select.where(by.sql() + " = "
                                                            + pair.get(0).literal())
                                                    .sql() + " " + operator
                                            + " "
                                            + select.where(by.sql() + " = "
                                                            + pair.get(1).literal())
                                                    .sql();
                                    return Draft.of(phrases, sql)
                                            .with("table", s.entity())
                                            .with("column", s.attribute(shown))
                                            .with("by", s.attribute(by))
                                            .with("value", pair.get(0))
                                            .with("value2", pair.get(1));
                                })));
    }

    private static Optional<Draft> exceptKeys(DraftScope s) {
        return s.down().map(link -> {
            String sql = Select.of(s.table().sql(), link.key().sql()).sql() + " EXCEPT "
                    + Select.of(link.child().sql(), link.reference().sql()).sql();
            return Draft.of("except-keys", sql)
                    .with("table", s.entity())
                    .with("key", s.attribute(link.key()))
                    .with("item", new Term.Entity(link.child()));
        });
    }

    private static Optional<Draft> intersectKeys(DraftScope s) {
        return s.choice().some(s.database().linksTo(s.table()), 2).map(links -> {
            Link first = links.get(0);
            Link second = links.get(1);
            String sql = Select.of(first.child().sql(), first.reference().sql()).sql() + " INTERSECT "
                    + Select.of(second.child().sql(), second.reference().sql()).sql();
            return Draft.of("intersect-keys", sql)
                    .with("table", s.entity())
                    .with("key", s.attribute(first.key()))
                    .with("item", new Term.Entity(first.child()))
                    .with("second", new Term.Entity(second.child()));
        });
    }

    private static Optional<Draft> averageCount(DraftScope s) {
        List<ColumnProfile> groups = new ArrayList<>(s.table().columns(ColumnProfile::groupable));
        Optional<Link> up = s.up();
        boolean perParent = up.isPresent() && (groups.isEmpty() || s.choice().chance(0.5));
        Optional<ColumnProfile> group =
                perParent ? up.map(Link::reference) : s.choice().from(groups);
        return group.map(g -> {
            String counts =
                    Select.of(s.table().sql(), "COUNT(*) AS n").groupBy(g.sql()).sql();
            String phrases = perParent ? "average-count-per-parent" : "average-count";
            return Draft.of(phrases, "SELECT AVG(n) FROM (" + counts + ") AS counts")
                    .with("table", s.entity())
                    .with(
                            "parent",
                            up.<Term>map(link -> new Term.Entity(link.parent())).orElse(s.entity()))
                    .with("group", s.attribute(g));
        });
    }

    private static Optional<Draft> groupsAboveAverage(DraftScope s) {
        boolean above = s.choice().chance(0.6);
        return Measures.draw(s, Term.Aggregate.AVG)
                .flatMap(m -> s.group().filter(g -> !g.equals(m.column())).map(g -> {
                    String overall = Select.of(s.table().sql(), m.sql("")).sql();
                    return Draft.of(
                                    above ? "groups-above-average" : "groups-below-average",
                                    Select.of(s.table().sql(), g.sql())
                                            .groupBy(g.sql())
                                            .having(m.sql("") + (above ? " > (" : " < (") + overall + ")"))
                            .with("table", s.entity())
                            .with("column", s.attribute(m.column()))
                            .with("group", s.attribute(g));
                }));
    }
}
