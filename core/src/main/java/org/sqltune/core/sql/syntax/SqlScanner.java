package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/**
 * Cuts SQL into tokens as SQLite's tokenizer does (tokenize.c): {@code --} comments run to the end of the line,
 * {@code /*} comments to the closing mark or the end, a doubled quote stands for itself. Never fails: what isn't SQL
 * becomes an {@link Kind#ILLEGAL} token.
 */
public final class SqlScanner {
    private static final String SHORT_SYMBOLS = "()+-*/%,.;=<>&|~";

    private final String sql;
    private int at;

    private SqlScanner(String sql) {
        this.sql = sql;
    }

    /** All tokens of {@code sql}, in order. */
    public static List<SqlToken> scan(String sql) {
        SqlScanner scanner = new SqlScanner(sql);
        List<SqlToken> tokens = new ArrayList<>();
        scanner.skipSpaceAndComments();
        while (scanner.at < sql.length()) {
            SqlToken token = scanner.next();
            tokens.add(token);
            scanner.at = token.end();
            scanner.skipSpaceAndComments();
        }
        return tokens;
    }

    private SqlToken next() {
        char first = sql.charAt(at);
        return switch (first) {
            case '\'' -> quoted(at, '\'', Kind.STRING);
            case '"' -> quoted(at, '"', Kind.DOUBLE_QUOTED);
            case '`' -> quoted(at, '`', Kind.QUOTED_NAME);
            case '[' -> bracketed();
            case '?', ':', '@', '$' -> parameter();
            default -> unquoted(first);
        };
    }

    private SqlToken unquoted(char first) {
        if ((first == 'x' || first == 'X') && peek(at + 1) == '\'') {
            return blob();
        }
        if (isDigit(first) || (first == '.' && isDigit(peek(at + 1)))) {
            return number();
        }
        if (isWordStart(first)) {
            return token(Kind.WORD, endOfWord(at));
        }
        int length = symbolLength(first);
        boolean known = length > 1 || SHORT_SYMBOLS.indexOf(first) >= 0;
        return token(known ? Kind.SYMBOL : Kind.ILLEGAL, at + length);
    }

    /** The chars of the longest symbol that begins here, if it has several; else 1. */
    private int symbolLength(char first) {
        char second = peek(at + 1);
        boolean several = switch (first) {
            case '-' -> second == '>';
            case '|' -> second == '|';
            case '<' -> second == '=' || second == '>' || second == '<';
            case '>' -> second == '=' || second == '>';
            case '!', '=' -> second == '=';
            default -> false;
        };
        if (!several) {
            return 1;
        }
        return first == '-' && peek(at + 2) == '>' ? 3 : 2;
    }

    private SqlToken quoted(int open, char quote, Kind kind) {
        int i = open + 1;
        while (i < sql.length()) {
            if (sql.charAt(i) != quote) {
                i++;
            } else if (peek(i + 1) == quote) {
                i += 2;
            } else {
                return token(kind, i + 1);
            }
        }
        return token(Kind.ILLEGAL, sql.length());
    }

    private SqlToken blob() {
        int i = at + 2;
        while (isHexDigit(peek(i))) {
            i++;
        }
        boolean whole = (i - at) % 2 == 0 && peek(i) == '\'';
        if (whole) {
            return token(Kind.BLOB, i + 1);
        }
        int close = sql.indexOf('\'', i);
        return token(Kind.ILLEGAL, close < 0 ? sql.length() : close + 1);
    }

    private SqlToken bracketed() {
        int close = sql.indexOf(']', at);
        return close < 0 ? token(Kind.ILLEGAL, sql.length()) : token(Kind.QUOTED_NAME, close + 1);
    }

    private SqlToken parameter() {
        if (sql.charAt(at) == '?') {
            int end = at + 1;
            while (isDigit(peek(end))) {
                end++;
            }
            return token(Kind.PARAMETER, end);
        }
        int end = endOfWord(at + 1);
        return token(end > at + 1 ? Kind.PARAMETER : Kind.ILLEGAL, end);
    }

    /** A number that runs into a word, such as {@code 12ab}, is neither. */
    private SqlToken number() {
        int end = endOfNumber();
        int wordEnd = endOfWord(end);
        boolean separated = isWellSeparated(sql.substring(at, end));
        return token(wordEnd == end && separated ? Kind.NUMBER : Kind.ILLEGAL, wordEnd);
    }

    /** Whether underscores stand between digits only. */
    private static boolean isWellSeparated(String number) {
        return number.indexOf('_') < 0 || number.matches("[^_]*(?:(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])[^_]*)*");
    }

    private int endOfNumber() {
        if (sql.charAt(at) == '0' && (peek(at + 1) == 'x' || peek(at + 1) == 'X') && isHexDigit(peek(at + 2))) {
            int i = at + 2;
            while (isHexDigit(peek(i)) || peek(i) == '_') {
                i++;
            }
            return i;
        }
        int i = endOfDigits(at);
        if (peek(i) == '.') {
            i = endOfDigits(i + 1);
        }
        if (peek(i) == 'e' || peek(i) == 'E') {
            int exponent = peek(i + 1) == '+' || peek(i + 1) == '-' ? i + 2 : i + 1;
            if (isDigit(peek(exponent))) {
                i = endOfDigits(exponent);
            }
        }
        return i;
    }

    private int endOfDigits(int from) {
        int i = from;
        while (isDigit(peek(i)) || peek(i) == '_') {
            i++;
        }
        return i;
    }

    private int endOfWord(int from) {
        int i = from;
        while (i < sql.length() && isWordPart(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    private void skipSpaceAndComments() {
        int before = -1;
        while (before != at) {
            before = at;
            while (at < sql.length() && isSpace(sql.charAt(at))) {
                at++;
            }
            char first = peek(at);
            if (first == '-' && peek(at + 1) == '-') {
                at = endAfter("\n", at + 2);
            } else if (first == '/' && peek(at + 1) == '*') {
                at = endAfter("*/", at + 2);
            }
        }
    }

    private int endAfter(String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    private SqlToken token(Kind kind, int end) {
        return new SqlToken(kind, sql.substring(at, end), at);
    }

    /** The char there, or 0 behind the end. */
    private char peek(int index) {
        return index < sql.length() ? sql.charAt(index) : 0;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isWordStart(char c) {
        int lower = c | 0x20;
        return (lower >= 'a' && lower <= 'z') || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
