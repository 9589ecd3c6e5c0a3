package org.sqltune.synthesis.template;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Columns of one table, optionally ordered or limited. */
final class SimpleTemplates {
    private SimpleTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                simple("all", SimpleTemplates::all),
                simple("column", SimpleTemplates::column),
                simple("columns", s -> columns(s, 2)),
                simple("three-columns", s -> columns(s, 3)),
                simple("distinct", SimpleTemplates::distinct),
                simple("distinct-pairs", SimpleTemplates::distinctPairs),
                simple("first-rows", SimpleTemplates::firstRows),
                simple("ordered", SimpleTemplates::ordered),
                simple("ordered-all", SimpleTemplates::orderedAll),
                simple("alphabetical", SimpleTemplates::alphabetical),
                simple("top", s -> top(s, true)),
                simple("bottom", s -> top(s, false)),
                simple("top-several", s -> topSeveral(s, true)),
                simple("bottom-several", s -> topSeveral(s, false)),
                simple("column-of-top", SimpleTemplates::columnOfTop));
    }

    private static QueryTemplate simple(String id, QueryTemplate.Rule rule) {
        return new QueryTemplate("simple." + id, QueryCategory.SIMPLE, rule);
    }

    private static Optional<Draft> all(DraftScope s) {
        return Optional.of(Draft.of("all", Select.of(s.table().sql(), "*")).with("table", s.entity()));
    }

    private static Optional<Draft> column(DraftScope s) {
        return s.shown()
                .map(c -> Draft.of("column", Select.of(s.table().sql(), c.sql()))
                        .with("table", s.entity())
                        .with("column", s.attribute(c)));
    }

    private static Optional<Draft> columns(DraftScope s, int count) {
        return s.shown(count)
                .map(list -> Draft.of("columns", Select.of(s.table().sql(), names(list)))
                        .with("table", s.entity())
                        .with("fields", new Term.Attributes(s.table(), list)));
    }

    private static Optional<Draft> distinct(DraftScope s) {
        return s.column(c -> c.groupable() || (c.is(ColumnRole.CATEGORY) && !c.unique()))
                .map(c -> Draft.of(
                                "distinct", Select.of(s.table().sql(), c.sql()).withDistinct())
                        .with("table", s.entity())
                        .with("column", s.attribute(c)));
    }

    private static Optional<Draft> distinctPairs(DraftScope s) {
        return s.choice()
                .some(s.table().columns(ColumnProfile::groupable), 2)
                .map(list -> Draft.of(
                                "distinct-pairs",
                                Select.of(s.table().sql(), names(list)).withDistinct())
                        .with("table", s.entity())
                        .with("fields", new Term.Attributes(s.table(), list)));
    }

    private static Optional<Draft> firstRows(DraftScope s) {
        int rows = s.choice().between(2, 10);
        return Optional.of(
                Draft.of("first-rows", Select.of(s.table().sql(), "*").limit(rows))
                        .with("table", s.entity())
                        .with("n", rows));
    }

    private static Optional<Draft> ordered(DraftScope s) {
        boolean down = s.choice().chance(0.6);
        ColumnProfile label = s.table().label();
        return s.column(c -> c.ordered() && !c.equals(label)).map(by -> {
            boolean both = s.choice().chance(0.35);
            Select select = both
                    ? Select.of(s.table().sql(), label.sql(), by.sql())
                    : Select.of(s.table().sql(), label.sql());
            return Draft.of((both ? "ordered-both-" : "ordered-") + direction(by, down), select.orderBy(by.sql(), down))
                    .with("table", s.entity())
                    .with("column", s.attribute(label))
                    .with("measure", s.attribute(by));
        });
    }

    private static Optional<Draft> orderedAll(DraftScope s) {
        boolean down = s.choice().chance(0.6);
        return s.column(ColumnProfile::ordered)
                .map(by -> Draft.of(
                                "ordered-all-" + direction(by, down),
                                Select.of(s.table().sql(), "*").orderBy(by.sql(), down))
                        .with("table", s.entity())
                        .with("measure", s.attribute(by)));
    }

    private static String direction(ColumnProfile by, boolean down) {
        return (by.is(ColumnRole.DATE) ? "date-" : "") + (down ? "down" : "up");
    }

    private static Optional<Draft> alphabetical(DraftScope s) {
        boolean down = s.choice().chance(0.3);
        return s.column(c -> c.is(ColumnRole.NAME, ColumnRole.TEXT) && c.missing() == 0)
                .map(c -> Draft.of(
                                down ? "alphabetical-down" : "alphabetical",
                                Select.of(s.table().sql(), c.sql()).orderBy(c.sql(), down))
                        .with("table", s.entity())
                        .with("column", s.attribute(c)));
    }

    private static Optional<Draft> top(DraftScope s, boolean highest) {
        ColumnProfile label = s.table().label();
        return s.column(c -> c.ordered() && !c.equals(label) && c.missing() == 0)
                .map(by -> Draft.of(
                                "top",
                                Select.of(s.table().sql(), label.sql())
                                        .orderBy(by.sql(), highest)
                                        .limit(1))
                        .with("table", s.entity())
                        .with("label", s.attribute(label))
                        .with("measure", s.attribute(by))
                        .with("extreme", new Term.Extreme(by, highest))
                        .with("top", new Term.Top(s.all(), by, highest)));
    }

    private static Optional<Draft> topSeveral(DraftScope s, boolean highest) {
        int rows = s.choice().between(2, 10);
        ColumnProfile label = s.table().label();
        return s.column(c -> c.ordered() && !c.equals(label) && c.missing() == 0)
                .map(by -> {
                    boolean both = s.choice().chance(0.3);
                    Select select = both
                            ? Select.of(s.table().sql(), label.sql(), by.sql())
                            : Select.of(s.table().sql(), label.sql());
                    String phrases = highest && by.is(ColumnRole.NUMBER) ? "top-several" : "end-several";
                    return Draft.of(
                                    both ? phrases + "-both" : phrases,
                                    select.orderBy(by.sql(), highest).limit(rows))
                            .with("n", rows)
                            .with("table", s.entity())
                            .with("label", s.attribute(label))
                            .with("measure", s.attribute(by))
                            .with("extreme", new Term.Extreme(by, highest))
                            .with("top", new Term.Top(s.all(), by, highest));
                });
    }

    private static Optional<Draft> columnOfTop(DraftScope s) {
        boolean highest = s.choice().chance(0.6);
        ColumnProfile label = s.table().label();
        return s.column(c -> c.ordered() && c.missing() == 0)
                .flatMap(by -> s.column(c -> !c.equals(by) && !c.equals(label) && !c.is(ColumnRole.OTHER))
                        .map(c -> Draft.of(
                                        "column-of-top",
                                        Select.of(s.table().sql(), c.sql())
                                                .orderBy(by.sql(), highest)
                                                .limit(1))
                                .with("table", s.entity())
                                .with("column", s.attribute(c))
                                .with("top", new Term.Top(s.all(), by, highest))));
    }

    static String[] names(List<ColumnProfile> columns) {
        return columns.stream().map(ColumnProfile::sql).toArray(String[]::new);
    }
}
