package org.sqltune.core.sql.recognizer;

/**
 * A whole token of SQL.
 *
 * @param text a keyword or name in small letters, or a symbol; empty for literals
 */
record Terminal(Kind kind, String text) {
    /** What a token is. */
    enum Kind {
        KEYWORD,
        NAME,
        QUOTED_NAME,
        SYMBOL,
        NUMBER,
        /** A whole number where its value matters. */
        INTEGER,
        STRING
    }

    static final Terminal NUMBER = new Terminal(Kind.NUMBER, "");
    static final Terminal INTEGER = new Terminal(Kind.INTEGER, "");
    static final Terminal STRING = new Terminal(Kind.STRING, "");

    static Terminal keyword(String word) {
        return new Terminal(Kind.KEYWORD, word);
    }

    static Terminal name(String folded) {
        return new Terminal(Kind.NAME, folded);
    }

    static Terminal quoted(String folded) {
        return new Terminal(Kind.QUOTED_NAME, folded);
    }

    static Terminal symbol(String symbol) {
        return new Terminal(Kind.SYMBOL, symbol);
    }

    boolean isKeyword(String word) {
        return kind == Kind.KEYWORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.NAME || kind == Kind.QUOTED_NAME;
    }
}
