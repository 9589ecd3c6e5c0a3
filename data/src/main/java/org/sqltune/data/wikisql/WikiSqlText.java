package org.sqltune.data.wikisql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.SortedMap;
import org.sqltune.data.wikisql.WikiSqlQuery.Condition;

/**
 * Parses the text of a WikiSQL query, {@code SELECT COUNT NAME FROM table WHERE A = "x" AND B > "1" ;}, in which
 * names aren't quoted and values may contain anything. It recognises only the table's known names.
 */
final class WikiSqlText {
    private static final String FROM = " FROM " + WikiSqlQuery.TABLE;
    private static final String WHERE = " WHERE ";
    private static final String AND = " AND ";

    private final String text;
    private final List<Entry<Integer, String>> names;

    private WikiSqlText(String text, SortedMap<Integer, String> names) {
        this.text = text;
        // A longer name may begin with a shorter one.
        this.names = names.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().length()))
                .toList();
    }

    /**
     * Parses a query.
     *
     * @param text the text in the data
     * @param aggregate the index in {@link WikiSqlQuery#AGGREGATES}
     * @param names the table's columns by number
     * @return empty if the text doesn't have this form with these columns
     */
    static Optional<WikiSqlQuery> parse(String text, int aggregate, SortedMap<Integer, String> names) {
        String trimmed = text.strip();
        String body = trimmed.endsWith(";")
                ? trimmed.substring(0, trimmed.length() - 1).strip()
                : trimmed;
        return new WikiSqlText(body, names).query(aggregate);
    }

    private Optional<WikiSqlQuery> query(int aggregate) {
        String head = "SELECT " + (aggregate == 0 ? "" : WikiSqlQuery.AGGREGATES.get(aggregate) + " ");
        for (Entry<Integer, String> name : names) {
            String beginning = head + name.getValue() + FROM;
            if (!startsWith(beginning, 0)) {
                continue;
            }
            int end = beginning.length();
            List<Condition> conditions = new ArrayList<>();
            if (end == text.length() || (startsWith(WHERE, end) && conditions(end + WHERE.length(), conditions))) {
                return Optional.of(new WikiSqlQuery(name.getKey(), aggregate, conditions));
            }
        }
        return Optional.empty();
    }

    /** Parses conditions up to the end of the text; removes conditions of failed attempts from {@code found}. */
    private boolean conditions(int from, List<Condition> found) {
        for (Entry<Integer, String> name : names) {
            for (int operator = 0; operator < WikiSqlQuery.OPERATORS.size(); operator++) {
                String beginning = name.getValue() + " " + WikiSqlQuery.OPERATORS.get(operator) + " ";
                if (startsWith(beginning, from) && value(from + beginning.length(), name.getKey(), operator, found)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Parses a value, which ends at the end of the text or before an AND that is followed by a valid condition. */
    private boolean value(int from, int column, int operator, List<Condition> found) {
        int end = text.indexOf(AND, from);
        while (end >= 0) {
            found.add(condition(column, operator, from, end));
            if (conditions(end + AND.length(), found)) {
                return true;
            }
            found.remove(found.size() - 1);
            end = text.indexOf(AND, end + 1);
        }
        return found.add(condition(column, operator, from, text.length()));
    }

    private Condition condition(int column, int operator, int from, int end) {
        String value = text.substring(from, end).strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return new Condition(column, operator, quoted ? value.substring(1, value.length() - 1) : value, false);
    }

    private boolean startsWith(String beginning, int from) {
        return text.regionMatches(true, from, beginning, 0, beginning.length());
    }
}
