package org.sqltune.postgres.proof;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a text in SQL, wherever they stand, in lower case: in strings and comments as well, so that no way to write
 * those can hide one.
 */
final class SqlWords {
    /** Without leading digits: PostgreSQL takes {@code 1x} for two tokens. A dollar sign may end a string. */
    private static final Pattern WORD = Pattern.compile("[\\p{Alpha}_\\x{80}-\\x{10ffff}][\\w\\x{80}-\\x{10ffff}]*");

    private static final Pattern UNICODE_ESCAPES = Pattern.compile("[uU]&\"");
    private static final Pattern COMMENT = Pattern.compile("--|/\\*");

    /** What is behind a function's name. */
    private static final Pattern ARGUMENTS = Pattern.compile("\"?\\s*\\(");

    /** Of a name, in bytes. */
    private static final int LONGEST = 63;

    private final String sql;
    private final boolean hasComments;

    private SqlWords(String sql) {
        this.sql = sql;
        this.hasComments = COMMENT.matcher(sql).find();
    }

    static SqlWords of(String sql) {
        return new SqlWords(sql);
    }

    /** As PostgreSQL folds names that aren't quoted, and cut to the length that it keeps of them. */
    static String lowerCase(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        while (lower.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            lower = lower.substring(0, lower.length() - 1);
        }
        return lower;
    }

    /** Returns whether a name is one word, which {@link #all} can give. */
    static boolean isWord(String name) {
        return WORD.matcher(name).matches();
    }

    /** Returns every word. */
    Stream<String> all() {
        return WORD.matcher(sql).results().map(word -> lowerCase(word.group()));
    }

    /**
     * Returns the words that may be calls of functions. Comments could stand in between, so with comments it may be
     * any.
     */
    Stream<String> called() {
        return WORD.matcher(sql).results().filter(this::isCall).map(word -> lowerCase(word.group()));
    }

    private boolean isCall(MatchResult word) {
        return hasComments
                || ARGUMENTS.matcher(sql).region(word.end(), sql.length()).lookingAt()
                || isFieldOfExpression(word.start());
    }

    /** Returns whether a word is written like a field of an expression: {@code (x).f} may be {@code f(x)}. */
    private boolean isFieldOfExpression(int start) {
        int quote = start > 0 && sql.charAt(start - 1) == '"' ? start - 1 : start;
        int dot = lastBefore(quote);
        int end = dot >= 0 && sql.charAt(dot) == '.' ? lastBefore(dot) : -1;
        return end >= 0 && (sql.charAt(end) == ')' || sql.charAt(end) == ']' || sql.charAt(end) == '\'');
    }

    /** Returns where the last character before that one is that is no blank; -1 if there is none. */
    private int lastBefore(int position) {
        int last = position - 1;
        while (last >= 0 && Character.isWhitespace(sql.charAt(last))) {
            last--;
        }
        return last;
    }

    /** Returns whether a name in lower case occurs, whatever its characters. */
    boolean contain(String name) {
        return sql.toLowerCase(Locale.ROOT).contains(name.replace("\"", "\"\""));
    }

    /** Returns whether a name may be spelled by the numbers of its characters. */
    boolean haveUnicodeEscapes() {
        return UNICODE_ESCAPES.matcher(sql).find();
    }
}
