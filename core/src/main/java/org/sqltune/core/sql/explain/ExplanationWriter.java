package org.sqltune.core.sql.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqltune.core.sql.facts.AggregateNames;
import org.sqltune.core.sql.scope.ResolvedQuery;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.core.sql.syntax.Query.NamedWindow;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.Values;

/** Writes one line a clause; queries inside are indented. */
final class ExplanationWriter {
    private static final String INDENT = "  ";

    private final SourceNames names;
    private final SubqueryWords subqueries;
    private final FromWords from;
    private final List<String> lines = new ArrayList<>();

    ExplanationWriter(ResolvedQuery resolved) {
        this.names = new SourceNames(resolved);
        this.subqueries = new SubqueryWords(names);
        this.from = new FromWords(names, subqueries);
    }

    List<String> write(Query query) {
        query(query, "");
        return lines;
    }

    private void query(Query query, String indent) {
        for (NamedQuery table : query.tables()) {
            boolean recursive = Queries.tables(table.query()).stream()
                    .anyMatch(each -> each.name().equalsIgnoreCase(table.name()));
            String columns = table.columns().isEmpty() ? "" : " (" + String.join(", ", table.columns()) + ")";
            add(
                    indent,
                    "First makes a table " + table.name() + columns
                            + (recursive ? ", which grows from its own rows:" : ":"));
            query(table.query(), indent + INDENT);
        }
        body(query.body(), indent);
        order(query, indent);
        later(indent);
    }

    /** What the sentences before spoke of as query A and so on. */
    private void later(String indent) {
        for (SubqueryWords.Later each : subqueries.takeLater()) {
            add(indent, capital(each.name()) + ":");
            query(each.query(), indent + INDENT);
        }
    }

    private void body(Body body, String indent) {
        if (body instanceof Select select) {
            select(select, indent);
        } else if (body instanceof Compound compound) {
            compound(compound, indent);
        } else if (body instanceof Values values) {
            List<String> rows = values.rows().stream()
                    .map(row -> "(" + String.join(", ", words().operands(row, Place.NOWHERE)) + ")")
                    .toList();
            add(indent, "Shows the given rows " + Lists.and(rows) + ".");
        }
    }

    /** Members under one operator are told together; those under others are the first member of these. */
    private void compound(Compound compound, String indent) {
        List<Body> members = new ArrayList<>();
        Body left = compound;
        while (left instanceof Compound each && each.operator().equals(compound.operator())) {
            members.add(0, each.right());
            left = each.left();
        }
        members.add(0, left);
        add(indent, intoOne(compound.operator(), members.size()));
        for (int i = 0; i < members.size(); i++) {
            member(members.get(i), (i + 1) + ". ", indent + INDENT);
        }
    }

    private static String intoOne(String operator, int members) {
        String all = members == 2 ? "both of these" : "all " + members + " of these";
        return switch (operator) {
            case "UNION" -> "Shows the rows of " + all + " together, without repeats:";
            case "UNION ALL" -> "Shows the rows of " + all + " together:";
            case "INTERSECT" -> "Shows the rows that are in " + all + ", without repeats:";
            default ->
                "Shows the rows of the first that aren't in the " + (members == 2 ? "second" : "others")
                        + ", without repeats:";
        };
    }

    private void member(Body member, String number, String indent) {
        Query alone = new Query(false, List.of(), member, List.of(), null, null);
        Optional<String> phrase = subqueries.phrase(alone);
        if (phrase.isPresent()) {
            add(indent, number + phrase.get());
            return;
        }
        int first = lines.size();
        body(member, indent + INDENT + " ".repeat(number.length() - INDENT.length()));
        later(indent + " ".repeat(number.length()));
        lines.set(first, indent + number + lines.get(first).strip());
    }

    private void select(Select select, String indent) {
        Place place = names.placeIn(select);
        FromItem source = select.from();
        String where = source == null || source instanceof Join
                ? ""
                : (isSummary(select) ? " in " : " from ") + from.source(source, place);
        add(indent, "Shows " + results(select, place, where) + ".");
        if (source instanceof Join join) {
            add(indent, "Joins " + from.joins(join, place) + ".");
        }
        if (select.where() != null) {
            add(indent, "Uses only rows where " + subqueries.conditions().of(select.where(), place) + ".");
        }
        if (!select.groupBy().isEmpty()) {
            List<String> keys = select.groupBy().stream()
                    .map(each -> words().of(each, place))
                    .toList();
            add(
                    indent,
                    "Makes one row for each different " + (keys.size() == 1 ? "" : "combination of ") + Lists.and(keys)
                            + ".");
        }
        if (select.having() != null) {
            String kept = select.groupBy().isEmpty() ? "Shows nothing unless " : "Keeps only those where ";
            add(indent, kept + subqueries.conditions().of(select.having(), place) + ".");
        }
        for (NamedWindow window : select.windows()) {
            add(indent, "Defines the window " + window.name() + ", which isn't told here in words.");
        }
    }

    private ValueWords words() {
        return subqueries.conditions().values();
    }

    private String results(Select select, Place place, String where) {
        List<String> results = select.results().stream()
                .map(each -> result(each, select, place))
                .toList();
        if (!select.distinct()) {
            return Lists.and(results) + where;
        }
        boolean one = results.size() == 1 && !(select.results().get(0) instanceof Star);
        return "each different " + (one ? "" : "combination of ") + Lists.and(results) + where + " once";
    }

    private String result(Result result, Select select, Place place) {
        if (result instanceof Star star) {
            return "all columns" + (star.table() == null ? "" : " of " + names.ofQualifier(star.table(), select));
        }
        Column column = (Column) result;
        String value = words().of(column.value(), place);
        return column.alias() == null ? value : value + " (as " + column.alias() + ")";
    }

    /** Whether all that is shown is computed of many rows. */
    private static boolean isSummary(Select select) {
        return select.results().stream()
                .allMatch(each -> each instanceof Column column
                        && column.value() instanceof Call call
                        && AggregateNames.isAggregate(
                                call.name(), call.arguments().size()));
    }

    private void order(Query query, String indent) {
        Place place = query.body() instanceof Select select ? names.placeIn(select) : Place.NOWHERE;
        String sorts = query.orderBy().isEmpty() ? "" : "Sorts by " + words().order(query.orderBy(), place);
        if (query.limit() == null) {
            if (!sorts.isEmpty()) {
                add(indent, sorts + ".");
            }
            return;
        }
        String rows = LimitWords.rows(query.limit(), subqueries.conditions());
        String skipped = query.offset() == null ? "" : " after skipping " + words().of(query.offset(), Place.NOWHERE);
        add(indent, (sorts.isEmpty() ? "Returns only " : sorts + " and returns only ") + rows + skipped + ".");
    }

    private void add(String indent, String line) {
        lines.add(indent + line);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
