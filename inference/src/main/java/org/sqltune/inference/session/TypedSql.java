package org.sqltune.inference.session;

import java.util.regex.Pattern;

/** Tells SQL from questions among the lines that a user types. */
final class TypedSql {
    /** "With which products …" is a question, {@code WITH recent AS (…)} is SQL. */
    private static final Pattern SQL = Pattern.compile(
            "\\s*+(?:SELECT\\b|WITH\\s+(?:RECURSIVE\\s+)?(?:\\w+|\"[^\"]*\"|`[^`]*`|\\[[^]]*])\\s*"
                    + "(?:\\([^)]*\\)\\s*)?AS\\b).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern LIKE_A_SENTENCE = Pattern.compile("\\s*+Select\\s+[a-z].*", Pattern.DOTALL);

    private TypedSql() {}

    /** Whether the line is to be run as it is. */
    static boolean isSql(String line) {
        return SQL.matcher(line).matches();
    }

    /** Whether the line begins as a sentence does, with one capital letter: perhaps a question after all. */
    static boolean readsLikeSentence(String sql) {
        return LIKE_A_SENTENCE.matcher(sql).matches();
    }
}
