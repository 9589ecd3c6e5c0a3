package org.sqltune.synthesis.template;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftCondition.Compound;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.template.Measures.Measure;

/** Two conditions of which one or both have a subquery, and averages of a row's own group. */
final class NestedPairTemplates {
    private NestedPairTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                nested("with-and-without", s -> children(s, true)),
                nested("without-either", s -> children(s, false)),
                nested("some-without", s -> someWithout(s, false)),
                nested("some-without-where", s -> someWithout(s, true)),
                nested("two-averages", NestedPairTemplates::twoAverages),
                nested("average-of-group", NestedPairTemplates::averageOfGroup),
                nested("average-of-same", NestedPairTemplates::averageOfSame),
                nested("difference-of-averages", NestedPairTemplates::differenceOfAverages));
    }

    private static QueryTemplate nested(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("nested." + id, QueryCategory.NESTED, rule);
    }

    private static Optional<Draft> labelOrCount(DraftScope s, Compound condition) {
        return Optional.of(s.choice().chance(0.25) ? Projections.count(s, condition) : Projections.label(s, condition));
    }

    /** Draws rows with children in one table, or without, and without children in another. */
    private static Optional<Draft> children(DraftScope s, boolean some) {
        List<Link> links = s.database().linksTo(s.table());
        return s.choice()
                .some(links, 2)
                .filter(two ->
                        !two.get(0).child().name().equals(two.get(1).child().name()))
                .flatMap(two -> labelOrCount(
                        s,
                        new Compound(
                                NestedConditions.linked(s, two.get(0), some, Optional.empty()),
                                true,
                                NestedConditions.linked(s, two.get(1), false, Optional.empty()))));
    }

    /** Draws rows under a condition that have no children, or none of a kind. */
    private static Optional<Draft> someWithout(DraftScope s, boolean filtered) {
        return Conditions.telling(s)
                .flatMap(first -> s.down().flatMap(link -> {
                    Optional<Single> kind = filtered ? Conditions.telling(s.over(link.child())) : Optional.empty();
                    return filtered && kind.isEmpty()
                            ? Optional.empty()
                            : labelOrCount(s, new Compound(first, true, NestedConditions.linked(s, link, false, kind)));
                }));
    }

    private static Optional<Draft> twoAverages(DraftScope s) {
        return NestedConditions.average(s, s.choice().chance(0.5))
                .flatMap(first -> NestedConditions.average(s, s.choice().chance(0.5))
                        .filter(second -> !second.column().equals(first.column()))
                        .flatMap(second -> labelOrCount(s, new Compound(first, true, second))));
    }

    /** Draws rows above or below the average of their own group. */
    private static Optional<Draft> averageOfGroup(DraftScope s) {
        boolean above = s.choice().chance(0.6);
        boolean both = s.choice().chance(0.4);
        ColumnProfile label = s.table().label();
        return average(s)
                .flatMap(m -> group(s, m).filter(g -> !label.equals(m.column())).map(g -> {
                    String own = Select.of(s.table().sql() + " AS T2", m.sql("T2."))
                            .where("T2." + g.sql() + " = T1." + g.sql())
                            .sql();
                    String from = s.table().sql() + " AS T1";
                    String measured = "T1." + m.column().sql();
                    Select select = both
                            ? Select.of(from, "T1." + label.sql(), measured)
                            : Select.of(from, "T1." + label.sql());
                    return Draft.of(
                                    (above ? "above-group" : "below-group") + (both ? "-both" : ""),
                                    select.where(measured + (above ? " > (" : " < (") + own + ")"))
                            .with("table", s.entity())
                            .with("label", s.attribute(label))
                            .with("column", s.attribute(m.column()))
                            .with("group", s.attribute(g));
                }));
    }

    /** Draws rows of one group above or below that group's average. */
    private static Optional<Draft> averageOfSame(DraftScope s) {
        boolean above = s.choice().chance(0.5);
        ColumnProfile label = s.table().label();
        return average(s)
                .filter(m -> !label.equals(m.column()))
                .flatMap(m -> Conditions.category(s).map(condition -> {
                    String own = Select.of(s.table().sql(), m.sql(""))
                            .where(condition.sql(""))
                            .sql();
                    return Draft.of(
                                    above ? "above-same" : "below-same",
                                    Select.of(s.table().sql(), label.sql())
                                            .where(condition.sql("") + " AND "
                                                    + m.column().sql() + (above ? " > (" : " < (") + own + ")"))
                            .with("table", s.entity())
                            .with("label", s.attribute(label))
                            .with("column", s.attribute(m.column()))
                            .with("rows", s.where(condition));
                }));
    }

    private static Optional<Draft> differenceOfAverages(DraftScope s) {
        return average(s)
                .flatMap(m -> s.column(c -> c.is(ColumnRole.CATEGORY) && c.groupable())
                        .flatMap(by -> s.choice()
                                .some(
                                        by.values().stream()
                                                .filter(Thresholds::sayable)
                                                .toList(),
                                        2)
                                .map(two -> {
                                    Select all = Select.of(s.table().sql(), m.sql(""));
                                    String first = all.where(by.sql() + " = "
                                                    + two.get(0).literal())
                                            .sql();
                                    String second = all.where(by.sql() + " = "
                                                    + two.get(1).literal())
                                            .sql();
                                    return Draft.of(
                                                    "difference-of-averages",
                                                    "SELECT (" + first + ") - (" + second + ")")
                                            .with("table", s.entity())
                                            .with("measure", m.term())
                                            .with("by", s.attribute(by))
                                            .with("value", two.get(0))
                                            .with("value2", two.get(1));
                                })));
    }

    private static Optional<Measure> average(DraftScope s) {
        return Measures.draw(s, Term.Aggregate.AVG);
    }

    private static Optional<ColumnProfile> group(DraftScope s, Measure measure) {
        return s.group().filter(group -> !group.equals(measure.column()));
    }
}
