package org.sqltune.synthesis.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.DraftCondition;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;

/** Draws conditions with a subquery. */
final class NestedConditions {
    private NestedConditions() {}

    /** Draws a value above or below the average. */
    static Optional<Single> average(DraftScope s, boolean above) {
        return Measures.draw(s, Term.Aggregate.AVG)
                .map(m -> single(
                        above ? "above-average" : "below-average",
                        s,
                        m.column(),
                        (above ? " > (" : " < (")
                                + Select.of(s.table().sql(), m.sql("")).sql() + ")"));
    }

    /** Draws a value equal to the maximum or the minimum. */
    static Optional<Single> extreme(DraftScope s, boolean highest) {
        return s.column(ColumnProfile::ordered).map(c -> {
            String end = (highest ? "MAX(" : "MIN(") + c.sql() + ")";
            return single(
                    (highest ? "equal-highest" : "equal-lowest") + (c.is(ColumnRole.DATE) ? "-date" : ""),
                    s,
                    c,
                    " = (" + Select.of(s.table().sql(), end).sql() + ")");
        });
    }

    /** Draws a value above or below that of a named row. */
    static Optional<Single> thanOne(DraftScope s, boolean above) {
        return s.column(c -> c.ordered() && c.missing() == 0)
                .flatMap(c -> ofOne(
                        s,
                        (above ? "above-one" : "below-one") + (c.is(ColumnRole.DATE) ? "-date" : ""),
                        c,
                        above ? " > " : " < "));
    }

    /** Draws a value equal to that of a named row. */
    static Optional<Single> sameAsOne(DraftScope s) {
        return s.column(c -> c.groupable() && c.missing() == 0).flatMap(c -> ofOne(s, "same-as-one", c, " = "));
    }

    private static Optional<Single> ofOne(DraftScope s, String kind, ColumnProfile column, String operator) {
        ColumnProfile label = s.table().label();
        if (!label.is(ColumnRole.NAME) || !label.unique()) {
            return Optional.empty();
        }
        return s.choice()
                .from(label.values().stream().filter(Thresholds::sayable).toList())
                .map(value -> {
                    Select inner =
                            Select.of(s.table().sql(), column.sql()).where(label.sql() + " = " + value.literal());
                    Map<String, Term> terms = new HashMap<>();
                    terms.put("column", s.attribute(column));
                    terms.put("table", s.entity());
                    terms.put("value", new Term.Words(value.text()));
                    return new Single(kind, column, "", operator + "(" + inner.sql() + ")", terms);
                });
    }

    /** Draws a condition to have children, or none. */
    static Optional<Single> children(DraftScope s, boolean some) {
        return s.down().map(link -> linked(s, link, some, Optional.empty()));
    }

    /** Draws a condition to have children that satisfy a condition, or none that do. */
    static Optional<Single> childrenWhere(DraftScope s, boolean some) {
        return s.down()
                .flatMap(link -> Conditions.common(s.over(link.child()))
                        .map(condition -> linked(s, link, some, Optional.of(condition))));
    }

    /** Draws a condition to have a parent that satisfies a condition. */
    static Optional<Single> parentWhere(DraftScope s) {
        return s.up().flatMap(link -> Conditions.common(s.over(link.parent())).map(condition -> {
            Select inner = Select.of(link.parent().sql(), link.key().sql()).where(condition.sql(""));
            Map<String, Term> terms = new HashMap<>();
            terms.put("column", s.attribute(link.reference()));
            terms.put("parent", new Term.Entity(link.parent()));
            terms.put("owners", new Term.Rows(link.parent(), Optional.of(condition)));
            return new Single("parent-where", link.reference(), "", " IN (" + inner.sql() + ")", terms);
        }));
    }

    /** Returns the condition to have children through the link, or none; all children without a condition on them. */
    static Single linked(DraftScope s, Link link, boolean some, Optional<? extends DraftCondition> condition) {
        String kind = (some ? "with-children" : "without-children") + (condition.isPresent() ? "-where" : "");
        Select inner = Select.of(link.child().sql(), link.reference().sql())
                .where(condition.map(c -> c.sql("")).orElse(null));
        // NOT IN is never true if the list contains NULL.
        Select safe = !some && link.reference().missing() > 0 && condition.isEmpty()
                ? inner.where(link.reference().sql() + " IS NOT NULL")
                : inner;
        Map<String, Term> terms = new HashMap<>();
        terms.put("column", s.attribute(link.key()));
        terms.put("item", new Term.Entity(link.child()));
        terms.put("link", new Term.Relation(link));
        terms.put("items", new Term.Rows(link.child(), condition.map(c -> (DraftCondition) c)));
        return new Single(kind, link.key(), "", (some ? " IN (" : " NOT IN (") + safe.sql() + ")", terms);
    }

    private static Single single(String kind, DraftScope s, ColumnProfile column, String after) {
        return new Single(kind, column, "", after, Map.of("column", s.attribute(column), "table", s.entity()));
    }
}
