package org.sqltune.synthesis.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.profile.ProfiledValue;

/** UNION, INTERSECT and EXCEPT of rows under two conditions, and of rows by the rows that refer to them. */
final class SetTemplates {
    private SetTemplates() {}

    static List<QueryTemplate> all() {
        List<QueryTemplate> templates = new ArrayList<>();
        for (String operator : List.of("UNION", "INTERSECT", "EXCEPT")) {
            String name = operator.toLowerCase(Locale.ROOT);
            templates.add(template("rows-" + name, s -> rows(s, operator, "sets-" + name)));
            templates.add(template("children-" + name, s -> children(s, operator, "sets-children-" + name)));
        }
        return templates;
    }

    private static QueryTemplate template(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("sets." + id, QueryCategory.NESTED, rule);
    }

    /** Draws a column of the rows under one condition, combined with the rows under a condition on another column. */
    private static Optional<Draft> rows(DraftScope s, String operator, String phrases) {
        Function<Single, Optional<Single>> other =
                first -> Conditions.common(s).filter(c -> !c.column().equals(first.column()));
        return Conditions.common(s)
                .flatMap(first -> other.apply(first)
                        .flatMap(second -> shown(s, operator)
                                .filter(c -> !c.equals(first.column()) && !c.equals(second.column()))
                                .map(column -> {
                                    Select select = Select.of(s.table().sql(), column.sql());
                                    String sql = select.where(first.sql("")).sql() + " " + operator + " "
                                            + select.where(second.sql("")).sql();
                                    return Draft.of(phrases, sql)
                                            .with("table", s.entity())
                                            .with("column", s.attribute(column))
                                            .with("rows", s.where(first))
                                            .with("others", s.where(second));
                                })));
    }

    /** Picks a column whose values can occur in both sets: a category, or for a union also the label. */
    private static Optional<ColumnProfile> shown(DraftScope s, String operator) {
        return operator.equals("UNION")
                ? Optional.of(s.table().label())
                : s.column(c -> c.is(ColumnRole.CATEGORY) && c.groupable());
    }

    /** Draws rows to which rows with one value refer, and rows with another value (don't). */
    private static Optional<Draft> children(DraftScope s, String operator, String phrases) {
        return s.down()
                .flatMap(link -> s.choice()
                        .from(link.child()
                                .columns(c ->
                                        c.is(ColumnRole.CATEGORY) && c.values().size() > 1))
                        .flatMap(by -> s.choice()
                                .some(
                                        by.values().stream()
                                                .filter(Thresholds::sayable)
                                                .toList(),
                                        2)
                                .map(pair -> {
                                    String sql = joined(s, link, by, pair.get(0)) + " " + operator + " "
                                            + joined(s, link, by, pair.get(1));
                                    return Draft.of(phrases, sql)
                                            .with("table", s.entity())
                                            .with(
                                                    "column",
                                                    s.attribute(s.table().label()))
                                            .with("item", new Term.Entity(link.child()))
                                            .with("by", new Term.Attribute(link.child(), by))
                                            .with("value", pair.get(0))
                                            .with("value2", pair.get(1));
                                })));
    }

    private static String joined(DraftScope s, Link link, ColumnProfile by, ProfiledValue value) {
        String from = s.table().sql() + " AS T1 JOIN " + link.child().sql() + " AS T2 ON T1."
                + link.key().sql() + " = T2." + link.reference().sql();
        return Select.of(from, "T1." + s.table().label().sql())
                .where("T2." + by.sql() + " = " + value.literal())
                .sql();
    }
}
