package org.sqltune.core.sql.syntax;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Goes through a query's tokens. */
final class TokenReader {
    /** Deeper nesting than any query a person writes; keeps hostile ones from using up the stack. */
    private static final int MAX_DEPTH = 100;

    private final String sql;
    private final List<SqlToken> tokens;
    private int at;
    private int depth;

    TokenReader(String sql, List<SqlToken> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    boolean atWord(String word) {
        return atWord(0, word);
    }

    boolean atWord(int ahead, String word) {
        return at + ahead < tokens.size() && tokens.get(at + ahead).isWord(word);
    }

    boolean atSymbol(String symbol) {
        return atSymbol(0, symbol);
    }

    boolean atSymbol(int ahead, String symbol) {
        return at + ahead < tokens.size() && tokens.get(at + ahead).isSymbol(symbol);
    }

    boolean at(Kind kind) {
        return !atEnd() && tokens.get(at).kind() == kind;
    }

    /** Whether SELECT, WITH or VALUES follows. */
    boolean atQuery() {
        return atWord("select") || atWord("with") || atWord("values");
    }

    /** Whether one of LIKE, GLOB, REGEXP and MATCH stands that many tokens ahead. */
    boolean atMatching(int ahead) {
        return at + ahead < tokens.size()
                && tokens.get(at + ahead).kind() == Kind.WORD
                && Keywords.isMatching(tokens.get(at + ahead).text());
    }

    boolean accept(String word) {
        if (atWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    /** Whether these words follow; steps over all of them if so, over none if not. */
    boolean accept(String first, String second) {
        if (atWord(first) && atWord(1, second)) {
            at += 2;
            return true;
        }
        return false;
    }

    boolean acceptSymbol(String symbol) {
        if (atSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw fault("expected " + word);
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw fault("expected " + symbol);
        }
    }

    SqlToken next() {
        if (atEnd()) {
            throw fault("expected more");
        }
        return tokens.get(at++);
    }

    /** The token that follows; there must be one. */
    SqlToken peek() {
        return tokens.get(at);
    }

    /** The token read last. */
    SqlToken last() {
        return tokens.get(at - 1);
    }

    /** A name, quoted or not; a text in single quotes is one, too. */
    String name() {
        if (isName(0, word -> !Keywords.isReserved(word)) || at(Kind.STRING)) {
            return next().content();
        }
        throw fault("expected a name");
    }

    /** What stands in the token that follows, for whoever has asked whether it is a name. */
    String content() {
        return next().content();
    }

    /** A name that no join's kind can be: of a type or a collation. */
    String plainName() {
        if (atPlainName()) {
            return next().content();
        }
        throw fault("expected a name");
    }

    boolean atPlainName() {
        return isName(0, Keywords::isPlainName) || at(Kind.STRING);
    }

    boolean atColumnName() {
        return isName(0, Keywords::isColumnName);
    }

    boolean atJoinKind() {
        return isName(0, Keywords::isJoinKind) && at(Kind.WORD);
    }

    /** Whether OVER's window stands that many tokens ahead. */
    boolean atNameOrParenthesis(int ahead) {
        return atSymbol(ahead, "(") || isWindowName(ahead);
    }

    boolean atWindowName() {
        return isName(0, Keywords::isWindowName) || at(Kind.STRING);
    }

    /** An alias, with AS or without. */
    Optional<String> alias() {
        if (accept("as")) {
            return Optional.of(name());
        }
        return atPlainName() && !atMatching(0) && !atWindowClause() ? Optional.of(content()) : Optional.empty();
    }

    /** An alias of a table: LIKE and its kin, which follow no table, are some, too. */
    Optional<String> tableAlias() {
        if (accept("as")) {
            return Optional.of(name());
        }
        return atPlainName() && !atWindowClause() ? Optional.of(content()) : Optional.empty();
    }

    /** WINDOW is a keyword only before a name and AS. */
    boolean atWindowClause() {
        return atWord("window") && isWindowName(1) && atWord(2, "as");
    }

    /** SQLite looks ahead for a name there, and takes FILTER and INDEXED for none unless they are in quotes. */
    private boolean isWindowName(int ahead) {
        return isName(ahead, word -> Keywords.isOpenWindowName(word))
                || (at + ahead < tokens.size() && tokens.get(at + ahead).kind() == Kind.STRING);
    }

    private boolean isName(int ahead, Predicate<String> word) {
        if (at + ahead >= tokens.size()) {
            return false;
        }
        SqlToken token = tokens.get(at + ahead);
        return switch (token.kind()) {
            case WORD -> word.test(token.text());
            case DOUBLE_QUOTED, QUOTED_NAME -> true;
            default -> false;
        };
    }

    int position() {
        return at;
    }

    /** The text from the token of that number up to the last one read. */
    String textFrom(int position) {
        return sql.substring(tokens.get(position).start(), tokens.get(at - 1).end());
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw fault("nested more than " + MAX_DEPTH + " deep");
        }
    }

    void leave() {
        depth--;
    }

    SqlSyntaxException fault(String what) {
        return new SqlSyntaxException(
                what + (atEnd() ? " at the end" : " at " + tokens.get(at).text()));
    }
}
