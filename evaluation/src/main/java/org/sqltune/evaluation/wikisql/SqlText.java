package org.sqltune.evaluation.wikisql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.SqlScanner;
import org.sqltune.core.sql.SqlToken;
import org.sqltune.core.sql.SqlToken.Kind;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.data.wikisql.WikiSqlQuery.Condition;

/**
 * Reads SQL as a query in WikiSQL's form, if it has that form: one column of one table, perhaps under a function, and
 * conditions that join a column and a literal by {@code =}, {@code >} or {@code <}, all joined by AND. Names are those of the
 * table's header, case ignored; a name that the header has twice is the first of the two.
 */
final class SqlText {
    private final List<SqlToken> tokens;
    private final SortedMap<Integer, String> columns;
    private int at;

    private SqlText(List<SqlToken> tokens, SortedMap<Integer, String> columns) {
        this.tokens = tokens;
        this.columns = columns;
    }

    /**
     * The query.
     *
     * @param columns names by column number
     * @return empty if the SQL isn't of that form with these columns
     */
    static Optional<WikiSqlQuery> read(String sql, SortedMap<Integer, String> columns) {
        return Optional.ofNullable(new SqlText(SqlScanner.scan(sql), columns).query());
    }

    private @Nullable WikiSqlQuery query() {
        if (!word("select")) {
            return null;
        }
        int function = functionBefore("(");
        Integer selected = function < 0 ? null : column();
        if (selected == null || (function > 0 && !symbol(")")) || !word("from") || !name()) {
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        if (word("where")) {
            do {
                Condition condition = condition();
                if (condition == null) {
                    return null;
                }
                conditions.add(condition);
            } while (word("and"));
        }
        while (symbol(";")) {
            // A closing semicolon changes nothing.
        }
        return at == tokens.size() ? new WikiSqlQuery(selected, function, conditions) : null;
    }

    /** The number of the function that an opening bracket follows, 0 for none, -1 for one that WikiSQL lacks. */
    private int functionBefore(String bracket) {
        if (at + 1 >= tokens.size() || !tokens.get(at + 1).isSymbol(bracket) || tokens.get(at).kind() != Kind.WORD) {
            return 0;
        }
        int function = WikiSqlQuery.AGGREGATES.indexOf(tokens.get(at).text().toUpperCase(Locale.ROOT));
        at += 2;
        return function;
    }

    private @Nullable Integer column() {
        if (at >= tokens.size() || !isName(tokens.get(at))) {
            return null;
        }
        String name = tokens.get(at++).content();
        return columns.entrySet().stream()
                .filter(column -> column.getValue().equalsIgnoreCase(name))
                .map(column -> column.getKey())
                .findFirst()
                .orElse(null);
    }

    private @Nullable Condition condition() {
        Integer column = column();
        if (column == null || at + 1 >= tokens.size()) {
            return null;
        }
        int operator = WikiSqlQuery.OPERATORS.indexOf(tokens.get(at++).text());
        boolean negative = symbol("-");
        if (operator < 0 || at >= tokens.size()) {
            return null;
        }
        SqlToken value = tokens.get(at++);
        return switch (value.kind()) {
            case NUMBER -> new Condition(column, operator, (negative ? "-" : "") + value.text(), true);
            case STRING, DOUBLE_QUOTED -> negative ? null : new Condition(column, operator, value.content(), false);
            default -> null;
        };
    }

    private boolean name() {
        return at < tokens.size() && isName(tokens.get(at++));
    }

    private static boolean isName(SqlToken token) {
        return token.kind() == Kind.WORD || token.kind() == Kind.DOUBLE_QUOTED || token.kind() == Kind.QUOTED_NAME;
    }

    private boolean word(String word) {
        boolean found = at < tokens.size() && tokens.get(at).isWord(word);
        at += found ? 1 : 0;
        return found;
    }

    private boolean symbol(String symbol) {
        boolean found = at < tokens.size() && tokens.get(at).isSymbol(symbol);
        at += found ? 1 : 0;
        return found;
    }
}
