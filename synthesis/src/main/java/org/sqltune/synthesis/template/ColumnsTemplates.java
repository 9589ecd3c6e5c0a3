package org.sqltune.synthesis.template;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Two columns of one table with an order, a limit or two conditions. */
final class ColumnsTemplates {
    private ColumnsTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                new QueryTemplate("simple.columns-ordered", QueryCategory.SIMPLE, ColumnsTemplates::columnsOrdered),
                new QueryTemplate("simple.top-both", QueryCategory.SIMPLE, ColumnsTemplates::topBoth),
                filter("columns-ordered", ColumnsTemplates::filteredAndOrdered),
                filter("top-both", ColumnsTemplates::filteredTop),
                filter("category-and-limit", ColumnsTemplates::categoryAndLimit),
                filter("category-and-limit-both", ColumnsTemplates::withColumn));
    }

    private static QueryTemplate filter(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("filter." + id, QueryCategory.FILTER, rule);
    }

    private static Optional<Draft> columnsOrdered(DraftScope s) {
        boolean down = s.choice().chance(0.6);
        ColumnProfile label = s.table().label();
        return s.column(c -> c.ordered() && !c.equals(label))
                .flatMap(by -> s.column(c -> !List.of(by, label).contains(c) && !c.is(ColumnRole.KEY, ColumnRole.OTHER))
                        .map(c -> ordered(
                                        s,
                                        List.of(label, c),
                                        by,
                                        down,
                                        Select.of(s.table().sql()))
                                .with("rows", s.all())));
    }

    private static Optional<Draft> filteredAndOrdered(DraftScope s) {
        boolean down = s.choice().chance(0.5);
        ColumnProfile label = s.table().label();
        return Conditions.telling(s)
                .flatMap(condition -> s.column(c -> c.ordered() && !c.equals(label) && !c.equals(condition.column()))
                        .map(by -> ordered(
                                        s,
                                        List.of(label, by),
                                        by,
                                        down,
                                        Select.of(s.table().sql()).where(condition.sql("")))
                                .with("rows", s.where(condition))));
    }

    private static Draft ordered(
            DraftScope s, List<ColumnProfile> shown, ColumnProfile by, boolean down, Select select) {
        String order = (by.is(ColumnRole.DATE) ? "date-" : "") + (down ? "down" : "up");
        return Draft.of(
                        "columns-ordered-" + order,
                        select.withColumns(SimpleTemplates.names(shown)).orderBy(by.sql(), down))
                .with("fields", new Term.Attributes(s.table(), shown))
                .with("measure", s.attribute(by));
    }

    private static Optional<Draft> topBoth(DraftScope s) {
        return top(s, 1, s.all(), Select.of(s.table().sql()));
    }

    private static Optional<Draft> filteredTop(DraftScope s) {
        int rows = s.choice().chance(0.4) ? 1 : s.choice().between(2, 6);
        return Conditions.telling(s)
                .flatMap(condition -> top(
                        s, rows, s.where(condition), Select.of(s.table().sql()).where(condition.sql(""))));
    }

    private static Optional<Draft> top(DraftScope s, int rows, Term.Rows from, Select select) {
        boolean highest = s.choice().chance(0.6);
        ColumnProfile label = s.table().label();
        return s.column(c -> c.ordered() && !c.equals(label) && c.missing() == 0)
                .map(by -> Draft.of(
                                rows == 1 ? "top-both" : "top-both-several",
                                select.withColumns(label.sql(), by.sql())
                                        .orderBy(by.sql(), highest)
                                        .limit(rows))
                        .with("n", rows)
                        .with("table", s.entity())
                        .with("label", s.attribute(label))
                        .with("measure", s.attribute(by))
                        .with("top", new Term.Top(from, by, highest)));
    }

    private static Optional<Draft> categoryAndLimit(DraftScope s) {
        return Conditions.categoryAndLimit(s).map(condition -> Projections.label(s, condition));
    }

    /** Draws the label and the column of the limit: what costs less than 20, with the price. */
    private static Optional<Draft> withColumn(DraftScope s) {
        ColumnProfile label = s.table().label();
        return Conditions.categoryAndLimit(s)
                .filter(condition -> !condition.second().column().equals(label))
                .map(condition -> Draft.of(
                                "rows-and-column",
                                Select.of(
                                                s.table().sql(),
                                                label.sql(),
                                                condition.second().column().sql())
                                        .where(condition.sql("")))
                        .with("label", s.attribute(label))
                        .with("column", s.attribute(condition.second().column()))
                        .with("rows", s.where(condition)));
    }
}
