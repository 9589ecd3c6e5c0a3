package org.sqltune.evaluation.outline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Writes expressions in canonical form. */
final class ExpressionWriter {
    private static final Map<String, String> SAME = Map.of("<>", "!=", "==", "=");
    private static final Set<String> CONNECTIVES = Set.of("and", "or");

    private final OutlineParser parser;
    private final OutlineScope scope;

    ExpressionWriter(OutlineParser parser, OutlineScope scope) {
        this.parser = parser;
        this.scope = scope;
    }

    /** Returns an expression in canonical form; subqueries too. */
    String write(List<SqlToken> tokens) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            boolean opensQuery = token.isSymbol("(")
                    && (TokenLists.isWord(tokens, i + 1, "select") || TokenLists.isWord(tokens, i + 1, "with"));
            if (opensQuery) {
                int end = TokenLists.closing(tokens, i);
                words.add("( " + parser.inner(tokens.subList(i + 1, end), scope).canonical() + " )");
                i = end;
            } else if (TokenLists.isSymbol(tokens, i + 1, ".") && i + 2 < tokens.size() && isName(token)) {
                words.add(qualified(token, tokens.get(i + 2)));
                i += 2;
            } else {
                add(words, word(token, TokenLists.isSymbol(tokens, i + 1, "(")));
            }
        }
        return String.join(" ", words);
    }

    /** Returns the conditions that AND and OR join, sorted; every OR is an entry too. */
    List<String> conditions(List<SqlToken> tokens) {
        List<SqlToken> inside = unwrapped(tokens);
        List<String> conditions = new ArrayList<>();
        int start = 0;
        int from = 0;
        while (from < inside.size()) {
            int connective = TokenLists.find(inside, from, CONNECTIVES);
            if (connective < 0) {
                break;
            }
            from = connective + 1;
            boolean ofBetween = inside.get(connective).isWord("and")
                    && TokenLists.find(inside.subList(0, connective), start, Set.of("between")) >= 0
                    && !hasAnd(inside, start, connective);
            if (!ofBetween) {
                addCondition(conditions, inside.subList(start, connective));
                if (inside.get(connective).isWord("or")) {
                    conditions.add("or");
                }
                start = from;
            }
        }
        addCondition(conditions, inside.subList(start, inside.size()));
        conditions.sort(null);
        return conditions;
    }

    /** Returns whether the BETWEEN in this range already has its AND. */
    private static boolean hasAnd(List<SqlToken> tokens, int start, int end) {
        return TokenLists.find(tokens.subList(0, end), start, Set.of("and")) >= 0;
    }

    private void addCondition(List<String> conditions, List<SqlToken> tokens) {
        if (!tokens.isEmpty()) {
            conditions.add(symmetric(write(unwrapped(tokens))));
        }
    }

    /** Sorts the two sides of an equality of columns alphabetically. */
    private static String symmetric(String condition) {
        String[] sides = condition.split(" = ", -1);
        boolean columns = sides.length == 2 && isColumn(sides[0]) && isColumn(sides[1]);
        return columns && sides[0].compareTo(sides[1]) > 0 ? sides[1] + " = " + sides[0] : condition;
    }

    private static boolean isColumn(String side) {
        return side.matches("[\\p{L}_][\\p{L}\\p{N}_]*\\.[\\p{L}_][^ ]*");
    }

    private static List<SqlToken> unwrapped(List<SqlToken> tokens) {
        boolean wrapped = tokens.size() > 2
                && tokens.get(0).isSymbol("(")
                && TokenLists.closing(tokens, 0) == tokens.size() - 1
                && !tokens.get(1).isWord("select")
                && !tokens.get(1).isWord("with");
        return wrapped ? unwrapped(tokens.subList(1, tokens.size() - 1)) : tokens;
    }

    private static boolean isName(SqlToken token) {
        return TokenLists.name(token).isPresent();
    }

    private String qualified(SqlToken qualifier, SqlToken column) {
        String table = TokenLists.name(qualifier).orElseThrow();
        return scope.qualified(table, TokenLists.name(column).orElse(column.text()));
    }

    private String word(SqlToken token, boolean isFunction) {
        return switch (token.kind()) {
            case WORD -> isFunction ? token.lowerCase() : column(token).orElse(token.lowerCase());
            case QUOTED_NAME -> column(token).orElse(TokenLists.name(token).orElseThrow());
            case DOUBLE_QUOTED -> column(token).orElse(literal(token));
            case STRING -> literal(token);
            case SYMBOL -> SAME.getOrDefault(token.text(), token.text());
            default -> token.kind() == Kind.NUMBER ? token.lowerCase() : token.text();
        };
    }

    private Optional<String> column(SqlToken token) {
        return TokenLists.name(token).flatMap(name -> scope.unqualified(name).or(() -> scope.meaningOf(name)));
    }

    private static String literal(SqlToken token) {
        return "'" + token.content().replace("'", "''") + "'";
    }

    private static void add(List<String> words, String word) {
        int last = words.size() - 1;
        boolean completes =
                word.equals("=") && last >= 0 && Set.of("<", ">", "!").contains(words.get(last));
        if (completes) {
            words.set(last, words.get(last) + "=");
        } else {
            words.add(word);
        }
    }
}
