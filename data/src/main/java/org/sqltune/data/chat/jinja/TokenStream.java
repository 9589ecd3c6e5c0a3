package org.sqltune.data.chat.jinja;

import java.util.List;
import org.sqltune.data.chat.jinja.Token.Kind;

/** A cursor over the tokens of a template. */
final class TokenStream {
    private final List<Token> tokens;
    private int next;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(next);
    }

    Token ahead() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    boolean isKind(Kind kind) {
        return current().kind() == kind;
    }

    boolean takeOperator(String operator) {
        boolean found = current().isOperator(operator);
        if (found) {
            take();
        }
        return found;
    }

    boolean takeName(String name) {
        boolean found = current().isName(name);
        if (found) {
            take();
        }
        return found;
    }

    void expectOperator(String operator) {
        if (!takeOperator(operator)) {
            throw current().fault("'" + operator + "'");
        }
    }

    String expectName() {
        if (!isKind(Kind.NAME)) {
            throw current().fault("a name");
        }
        return take().text();
    }

    void expect(Kind kind, String expected) {
        if (!isKind(kind)) {
            throw current().fault(expected);
        }
        take();
    }
}
