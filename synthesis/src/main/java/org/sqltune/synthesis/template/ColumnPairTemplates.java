package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.AggregateTemplates.aggregation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Differences and comparisons of two columns of one table that measure the same. */
final class ColumnPairTemplates {
    /** Words of columns by what they measure. Numbers of different kinds have no difference. */
    private static final List<Set<String>> KINDS = List.of(
            Set.of(
                    "price",
                    "cost",
                    "amount",
                    "fee",
                    "total",
                    "balance",
                    "budget",
                    "revenue",
                    "salary",
                    "bonus",
                    "tax",
                    "discount",
                    "limit",
                    "paid",
                    "payment",
                    "value"),
            Set.of("quantity", "stock", "level", "seats", "capacity", "attendance", "sold", "ordered", "available"),
            Set.of("score", "points", "goals", "rating"),
            Set.of("height", "width", "length", "depth"));

    private ColumnPairTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                new QueryTemplate("simple.difference", QueryCategory.SIMPLE, ColumnPairTemplates::difference),
                new QueryTemplate("simple.difference-top", QueryCategory.SIMPLE, ColumnPairTemplates::differenceTop),
                new QueryTemplate("filter.column-above", QueryCategory.FILTER, s -> compared(s, true, false)),
                new QueryTemplate("filter.column-below", QueryCategory.FILTER, s -> compared(s, false, false)),
                aggregation("count-column-above", s -> compared(s, true, true)),
                aggregation("count-column-below", s -> compared(s, false, true)));
    }

    private static Optional<Draft> difference(DraftScope s) {
        return pair(s).map(pair -> draft(
                s, "difference", Select.of(s.table().sql(), s.table().label().sql(), minus(pair)), pair));
    }

    private static Optional<Draft> differenceTop(DraftScope s) {
        boolean highest = s.choice().chance(0.75);
        int rows = s.choice().chance(0.6) ? 1 : s.choice().between(2, 5);
        String phrases = "difference-" + (highest ? "highest" : "lowest") + (rows == 1 ? "" : "-several");
        return pair(s).map(pair -> draft(
                        s,
                        phrases,
                        Select.of(s.table().sql(), s.table().label().sql())
                                .orderBy(minus(pair), highest)
                                .limit(rows),
                        pair)
                .with("n", rows));
    }

    private static Optional<Draft> compared(DraftScope s, boolean above, boolean counted) {
        return pair(s).map(pair -> draft(
                s,
                (counted ? "count-column-" : "column-") + (above ? "above" : "below"),
                Select.of(
                                s.table().sql(),
                                counted ? "COUNT(*)" : s.table().label().sql())
                        .where(pair.get(0).sql()
                                + (above ? " > " : " < ")
                                + pair.get(1).sql()),
                pair));
    }

    private static Draft draft(DraftScope s, String phrases, Select select, List<ColumnProfile> pair) {
        return Draft.of(phrases, select)
                .with("table", s.entity())
                .with("label", s.attribute(s.table().label()))
                .with("column", s.attribute(pair.get(0)))
                .with("other", s.attribute(pair.get(1)));
    }

    private static String minus(List<ColumnProfile> pair) {
        return pair.get(0).sql() + " - " + pair.get(1).sql();
    }

    /** Picks two columns of the same kind in either order. */
    private static Optional<List<ColumnProfile>> pair(DraftScope s) {
        List<List<ColumnProfile>> pairs = new ArrayList<>();
        List<ColumnProfile> numbers = s.table().columns(c -> c.is(ColumnRole.NUMBER) && c.missing() == 0);
        for (ColumnProfile first : numbers) {
            for (ColumnProfile second : numbers) {
                if (!first.equals(second) && KINDS.stream().anyMatch(kind -> has(first, kind) && has(second, kind))) {
                    pairs.add(List.of(first, second));
                }
            }
        }
        return s.choice().from(pairs);
    }

    /** Only the last word says what a column measures: a "credit_limit" is a limit. */
    private static boolean has(ColumnProfile column, Set<String> words) {
        List<String> parts =
                Arrays.asList(column.name().toLowerCase(Locale.ROOT).split("[^a-z]+"));
        return !parts.isEmpty() && words.contains(parts.get(parts.size() - 1));
    }
}
