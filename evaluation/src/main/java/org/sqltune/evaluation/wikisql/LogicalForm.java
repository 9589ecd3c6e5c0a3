package org.sqltune.evaluation.wikisql;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.data.wikisql.WikiSqlQuery.Condition;

/** Compares WikiSQL's logical forms as the official script does. */
final class LogicalForm {
    private LogicalForm() {}

    /**
     * Returns whether two queries have the same column, function and set of conditions; values compare in lower case.
     */
    static boolean same(WikiSqlQuery gold, WikiSqlQuery answer) {
        return gold.selected() == answer.selected()
                && gold.aggregate() == answer.aggregate()
                && comparable(gold).equals(comparable(answer));
    }

    private static Set<List<Object>> comparable(WikiSqlQuery query) {
        Set<List<Object>> set = new HashSet<>();
        query.conditions()
                .forEach(each -> set.add(
                        List.of(each.column(), each.operator(), each.value().toLowerCase(Locale.ROOT))));
        return set;
    }

    /**
     * Returns the query as SQL for a reader, with numbered columns: {@code SELECT MAX(col2) FROM table WHERE col0 =
     * 'x'}.
     */
    static String text(WikiSqlQuery query) {
        String selected = "col" + query.selected();
        String function = query.aggregate() == 0 ? "" : named(WikiSqlQuery.AGGREGATES, query.aggregate());
        StringBuilder text = new StringBuilder("SELECT ")
                .append(function.isEmpty() ? selected : function + "(" + selected + ")")
                .append(" FROM table");
        String before = " WHERE ";
        for (Condition each : query.conditions()) {
            text.append(before)
                    .append("col")
                    .append(each.column())
                    .append(' ')
                    .append(named(WikiSqlQuery.OPERATORS, each.operator()))
                    .append(' ')
                    .append(each.number() ? each.value() : "'" + each.value().replace("'", "''") + "'");
            before = " AND ";
        }
        return text.toString();
    }

    private static String named(List<String> names, int number) {
        return number >= 0 && number < names.size() ? names.get(number) : "?";
    }
}
