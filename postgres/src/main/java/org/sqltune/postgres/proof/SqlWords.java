package org.sqltune.postgres.proof;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of an SQL text in lower case, including those in strings and comments, so that no quoting can hide a
 * word.
 */
final class SqlWords {
    /**
     * Words without leading digits, since PostgreSQL reads {@code 1x} as two tokens, and without dollar signs, which
     * may end a string.
     */
    private static final Pattern WORD = Pattern.compile("[\\p{Alpha}_\\x{80}-\\x{10ffff}][\\w\\x{80}-\\x{10ffff}]*");

    private static final Pattern UNICODE_ESCAPES = Pattern.compile("[uU]&\"");
    private static final Pattern COMMENT = Pattern.compile("--|/\\*");

    /** Matches what follows a function's name. */
    private static final Pattern ARGUMENTS = Pattern.compile("\"?\\s*\\(");

    /** The maximal length of a name, in bytes. */
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

    /** Folds a name like PostgreSQL folds unquoted names, and truncates it to PostgreSQL's maximal length. */
    static String lowerCase(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        while (lower.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            lower = lower.substring(0, lower.length() - 1);
        }
        return lower;
    }

    /** Returns whether a name is a single word that {@link #all} can contain. */
    static boolean isWord(String name) {
        return WORD.matcher(name).matches();
    }

    /** Returns all words. */
    Stream<String> all() {
        return WORD.matcher(sql).results().map(word -> lowerCase(word.group()));
    }

    /**
     * Returns the words that may be function calls; all words if the text has comments, which may precede the
     * parenthesis.
     */
    Stream<String> called() {
        return WORD.matcher(sql).results().filter(this::isCall).map(word -> lowerCase(word.group()));
    }

    private boolean isCall(MatchResult word) {
        return hasComments
                || ARGUMENTS.matcher(sql).region(word.end(), sql.length()).lookingAt()
                || isFieldOfExpression(word.start());
    }

    /** Returns whether a word follows an expression like a field: {@code (x).f} may mean {@code f(x)}. */
    private boolean isFieldOfExpression(int start) {
        int quote = start > 0 && sql.charAt(start - 1) == '"' ? start - 1 : start;
        int dot = lastBefore(quote);
        int end = dot >= 0 && sql.charAt(dot) == '.' ? lastBefore(dot) : -1;
        return end >= 0 && (sql.charAt(end) == ')' || sql.charAt(end) == ']' || sql.charAt(end) == '\'');
    }

    /** Returns the index of the last non-blank character before a position; -1 if there is none. */
    private int lastBefore(int position) {
        int last = position - 1;
        while (last >= 0 && Character.isWhitespace(sql.charAt(last))) {
            last--;
        }
        return last;
    }

    /** Returns whether a name in lower case occurs; it may have any characters. */
    boolean contain(String name) {
        return sql.toLowerCase(Locale.ROOT).contains(name.replace("\"", "\"\""));
    }

    /** Returns whether the text may spell a name by Unicode escapes. */
    boolean haveUnicodeEscapes() {
        return UNICODE_ESCAPES.matcher(sql).find();
    }
}
