package org.sqltune.core.sql.explain;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;

/** What FROM reads, and how it joins that. */
final class FromWords {
    private final SourceNames names;
    private final SubqueryWords subqueries;

    FromWords(SourceNames names, SubqueryWords subqueries) {
        this.names = names;
        this.subqueries = subqueries;
    }

    /** A source by its name. */
    String source(FromItem item, Place place) {
        if (item instanceof TableName table) {
            List<String> arguments = table.arguments() == null
                    ? List.of()
                    : subqueries.conditions().values().operands(table.arguments(), place);
            return names.introduced(table)
                    + (table.arguments() == null ? "" : "(" + String.join(", ", arguments) + ")");
        }
        if (item instanceof SubqueryTable subquery) {
            return subqueries.name(subquery.query())
                    + (subquery.alias() == null ? "" : " (as " + subquery.alias() + ")");
        }
        if (item instanceof JoinedTables joined) {
            return "(" + joins(joined.inside(), place) + ") (as " + joined.alias() + ")";
        }
        return "(" + joins(item, place) + ")";
    }

    /** {@code a with b where …, then with c where …}. */
    String joins(FromItem from, Place place) {
        List<Join> joins = new ArrayList<>();
        FromItem first = from;
        while (first instanceof Join join) {
            joins.add(0, join);
            first = join.left();
        }
        StringBuilder words = new StringBuilder(source(first, place));
        for (int i = 0; i < joins.size(); i++) {
            words.append(i == 0 ? " with " : ", then with ").append(right(joins.get(i), place));
        }
        return words.toString();
    }

    private String right(Join join, Place place) {
        String condition = "";
        if (join.on() != null) {
            condition = " where " + subqueries.conditions().of(join.on(), place);
        } else if (!join.using().isEmpty()) {
            condition = " where both have the same " + Lists.and(join.using());
        } else if (join.natural()) {
            condition = " where all columns of the same name are equal";
        }
        String every = condition.isEmpty() ? " (every row with every row)" : "";
        return source(join.right(), place) + every + condition + unmatched(join);
    }

    private String unmatched(Join join) {
        String right = names.of(join.right());
        String side = right.isEmpty() ? "the right side" : right;
        return switch (join.kind()) {
            case "LEFT" -> " (rows without a match in " + side + " stay)";
            case "RIGHT" -> " (rows of " + side + " without a match stay)";
            case "FULL" -> " (rows of both sides without a match stay)";
            default -> "";
        };
    }
}
