package org.sqltune.core.sql.syntax;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqltune.core.sql.SqlScanner;
import org.sqltune.core.sql.SqlToken;
import org.sqltune.core.sql.SqlToken.Kind;

/** Goes through a query's tokens. */
final class TokenReader {
    /** Words that end an expression or a table and so are no alias without AS. */
    private static final ImmutableSet<String> NO_ALIAS = ImmutableSet.copyOf(
            ("from where group having order limit offset union intersect except join inner left right"
                            + " full cross natural outer on using and or not as select when then else end is in like"
                            + " glob between isnull notnull collate escape asc desc nulls window indexed filter over"
                            + " regexp match set values")
                    .split(" "));

    /** Deeper nesting than any query a person writes; keeps hostile ones from using up the stack. */
    private static final int MAX_DEPTH = 100;

    private final String sql;
    private final List<SqlToken> tokens;
    private int at;
    private int depth;

    TokenReader(String sql) {
        this.sql = sql;
        this.tokens = SqlScanner.scan(sql);
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

    /** A name, quoted or not. */
    String name() {
        if (at(Kind.WORD) || at(Kind.DOUBLE_QUOTED) || at(Kind.QUOTED_NAME) || at(Kind.STRING)) {
            return next().content();
        }
        throw fault("expected a name");
    }

    /** An alias, with AS or without. */
    Optional<String> alias() {
        if (accept("as")) {
            return Optional.of(name());
        }
        boolean word = at(Kind.WORD) && !NO_ALIAS.contains(tokens.get(at).text().toLowerCase(Locale.ROOT));
        return word || at(Kind.DOUBLE_QUOTED) || at(Kind.QUOTED_NAME) || at(Kind.STRING)
                ? Optional.of(name())
                : Optional.empty();
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
