package org.sqltune.synthesis.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.ConditionKind;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Rows of one table that satisfy conditions. */
final class FilterTemplates {
    private FilterTemplates() {}

    static List<QueryTemplate> all() {
        List<QueryTemplate> templates = new ArrayList<>();
        for (ConditionKind kind : ConditionKind.values()) {
            templates.add(filter(
                    kind.section(), s -> Conditions.of(kind, s).flatMap(condition -> Projections.of(s, condition))));
        }
        templates.add(filter("and", s -> Conditions.compound(s, true).flatMap(c -> Projections.of(s, c))));
        templates.add(filter("or", s -> Conditions.compound(s, false).flatMap(c -> Projections.of(s, c))));
        templates.add(filter("lookup", FilterTemplates::lookup));
        templates.add(filter("lookup-by-key", FilterTemplates::lookupByKey));
        templates.add(filter("distinct", FilterTemplates::distinct));
        templates.add(filter("ordered", FilterTemplates::ordered));
        templates.add(filter("top", FilterTemplates::top));
        templates.add(filter("top-several", FilterTemplates::topSeveral));
        return templates;
    }

    private static QueryTemplate filter(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("filter." + id, QueryCategory.FILTER, rule);
    }

    private static Optional<Draft> lookup(DraftScope s) {
        ColumnProfile label = s.table().label();
        if (!label.is(ColumnRole.NAME) || !label.unique()) {
            return Optional.empty();
        }
        return lookup(s, "lookup", label);
    }

    private static Optional<Draft> lookupByKey(DraftScope s) {
        return s.column(c -> c.is(ColumnRole.KEY) && c.unique() && c.missing() == 0)
                .flatMap(key -> lookup(s, "lookup-by-key", key));
    }

    private static Optional<Draft> lookup(DraftScope s, String phrases, ColumnProfile by) {
        return s.choice()
                .from(by.values().stream().filter(Thresholds::sayable).toList())
                .flatMap(value -> s.column(c -> !c.equals(by) && !c.is(ColumnRole.OTHER, ColumnRole.KEY))
                        .map(c -> Draft.of(
                                        phrases,
                                        Select.of(s.table().sql(), c.sql()).where(by.sql() + " = " + value.literal()))
                                .with("table", s.entity())
                                .with("column", s.attribute(c))
                                .with("key", s.attribute(by))
                                .with("value", value)));
    }

    private static Optional<Draft> distinct(DraftScope s) {
        return s.group()
                .flatMap(c -> Conditions.common(s)
                        .filter(condition -> !condition.column().equals(c))
                        .map(condition -> Draft.of(
                                        "filter-distinct",
                                        Select.of(s.table().sql(), c.sql())
                                                .withDistinct()
                                                .where(condition.sql("")))
                                .with("column", s.attribute(c))
                                .with("rows", s.where(condition))));
    }

    private static Optional<Draft> ordered(DraftScope s) {
        boolean down = s.choice().chance(0.6);
        ColumnProfile label = s.table().label();
        return Conditions.common(s)
                .flatMap(condition -> s.column(c -> c.ordered() && !c.equals(label) && !c.equals(condition.column()))
                        .map(by -> Draft.of(
                                        "filter-ordered-" + (by.is(ColumnRole.DATE) ? "date-" : "")
                                                + (down ? "down" : "up"),
                                        Select.of(s.table().sql(), label.sql())
                                                .where(condition.sql(""))
                                                .orderBy(by.sql(), down))
                                .with("column", s.attribute(label))
                                .with("measure", s.attribute(by))
                                .with("rows", s.where(condition))));
    }

    private static Optional<Draft> top(DraftScope s) {
        return top(s, 1, "filter-top");
    }

    private static Optional<Draft> topSeveral(DraftScope s) {
        return top(s, s.choice().between(2, 5), "filter-top-several");
    }

    private static Optional<Draft> top(DraftScope s, int rows, String phrases) {
        boolean highest = s.choice().chance(0.6);
        ColumnProfile label = s.table().label();
        return Conditions.category(s)
                .flatMap(condition -> s.column(c -> c.ordered() && !c.equals(label) && c.missing() == 0)
                        .map(by -> Draft.of(
                                        phrases,
                                        Select.of(s.table().sql(), label.sql())
                                                .where(condition.sql(""))
                                                .orderBy(by.sql(), highest)
                                                .limit(rows))
                                .with("n", rows)
                                .with("label", s.attribute(label))
                                .with("measure", s.attribute(by))
                                .with("extreme", new Term.Extreme(by, highest))
                                .with("rows", s.where(condition))
                                .with("top", new Term.Top(s.where(condition), by, highest))));
    }
}
