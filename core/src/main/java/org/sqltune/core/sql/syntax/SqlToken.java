package org.sqltune.core.sql.syntax;

import java.util.Locale;

/**
 * One token of SQL. Whitespace and comments are none.
 *
 * @param kind what it is
 * @param text as written, quotes included
 * @param start where it begins in the SQL, in chars
 */
public record SqlToken(Kind kind, String text, int start) {

    /** What a token is. */
    public enum Kind {
        /** A keyword or a bare identifier: {@code select}, {@code T1}. */
        WORD,
        /** Text in single quotes. */
        STRING,
        /** Text in double quotes: an identifier in the standard; SQLite takes an unknown one for a string. */
        DOUBLE_QUOTED,
        /** An identifier in backticks or square brackets. */
        QUOTED_NAME,
        /** {@code 12}, {@code .5}, {@code 1e-3}, {@code 0xff}. */
        NUMBER,
        /** {@code x'cafe'}. */
        BLOB,
        /** {@code ?}, {@code ?1}, {@code :name}, {@code @name}, {@code $name}. */
        PARAMETER,
        /** An operator or a punctuation mark, the longest that fits: {@code <=}, {@code (}, {@code ;}. */
        SYMBOL,
        /** What no SQL contains, such as a quote that is never closed. */
        ILLEGAL
    }

    /** Just behind the token's last char. */
    public int end() {
        return start + text.length();
    }

    /** Whether it is this keyword or bare identifier, case ignored. */
    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is this symbol. */
    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** The text in lower case, whatever the machine's language. */
    public String lowerCase() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** What stands between the quotes, doubled quotes made single; the text itself if there are none. */
    public String content() {
        return switch (kind) {
            case STRING, DOUBLE_QUOTED -> unquoted(text.charAt(0));
            case QUOTED_NAME -> text.charAt(0) == '[' ? text.substring(1, text.length() - 1) : unquoted('`');
            default -> text;
        };
    }

    private String unquoted(char quote) {
        String inside = text.substring(1, text.length() - 1);
        return inside.replace(String.valueOf(quote) + quote, String.valueOf(quote));
    }
}
