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
import org.sqltune.synthesis.profile.Link;

/** Draws conditions that hold a query of their own. */
final class NestedConditions {
    private NestedConditions() {}

    /** Above or below the average. */
    static Optional<Single> average(DraftScope s, boolean above) {
        return Measures.draw(s, Term.Aggregate.AVG)
                .map(m -> single(
                        above ? "above-average" : "below-average",
                        s,
                        m.column(),
                        (above ? " > (" : " < (")
                                + Select.of(s.table().sql(), m.sql("")).sql() + ")"));
    }

    /** Equal to the highest or the lowest value. */
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

    /** Above or below the value of a row that is named. */
    static Optional<Single> thanOne(DraftScope s, boolean above) {
        return s.column(c -> c.ordered() && c.missing() == 0)
                .flatMap(c -> ofOne(
                        s,
                        (above ? "above-one" : "below-one") + (c.is(ColumnRole.DATE) ? "-date" : ""),
                        c,
                        above ? " > " : " < "));
    }

    /** Returns the same value as a row that is named. */
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

    /** With children, or with none. */
    static Optional<Single> children(DraftScope s, boolean some) {
        return s.down()
                .map(link -> linked(some ? "with-children" : "without-children", s, link, some, Optional.empty()));
    }

    /** With children of a kind, or with none of that kind. */
    static Optional<Single> childrenWhere(DraftScope s, boolean some) {
        return s.down()
                .flatMap(link -> Conditions.common(s.over(link.child()))
                        .map(condition -> linked(
                                some ? "with-children-where" : "without-children-where",
                                s,
                                link,
                                some,
                                Optional.of(condition))));
    }

    /** With a parent of a kind. */
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

    private static Single linked(
            String kind, DraftScope s, Link link, boolean some, Optional<? extends DraftCondition> condition) {
        Select inner = Select.of(link.child().sql(), link.reference().sql())
                .where(condition.map(c -> c.sql("")).orElse(null));
        // NOT IN a list that holds NULL is never true.
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
