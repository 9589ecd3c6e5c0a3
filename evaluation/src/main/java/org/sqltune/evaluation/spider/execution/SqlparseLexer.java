package org.sqltune.evaluation.spider.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.evaluation.spider.execution.SqlparseLexer.SqlparseToken.Kind;

/**
 * Tokenises SQL as sqlparse 0.5 does, and finds the end of the first statement, since the test suite's evaluator runs
 * only that. Doesn't support BEGIN … END blocks, dollar quotes and time zones, which SQLite doesn't have.
 */
final class SqlparseLexer {
    private static final String LETTER = "[A-Za-zÀ-Üà-ü]";
    /** Python's white space; SQLite recognises only the ASCII part. */
    private static final String SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]";

    private static final String PART = "[\\p{L}\\p{N}_]";

    private static final List<Rule> RULES = List.of(
            rule(Kind.LINE_COMMENT, "(?:--|# )[^\\n]*?(?:\\r\\n|\\r|\\n|$)"),
            rule(Kind.OTHER, "\\r\\n|\\r|\\n"),
            rule(Kind.SPACE, SPACE),
            rule(Kind.OTHER, "/\\*(?s:.*?)\\*/"),
            rule(Kind.OTHER, ":=|::|\\*"),
            rule(Kind.OTHER, "\\?|%(?:\\(" + PART + "+\\))?[sS]|(?<!" + PART + ")[$:]" + PART + "+|\\\\" + PART + "+"),
            rule(Kind.OTHER, "(?:@|##?)" + LETTER + PART + "+"),
            rule(Kind.OTHER, LETTER + PART + "*+(?=" + SPACE + "*\\.(?!\\p{Nd}))"),
            rule(Kind.OTHER, "(?<=\\.)" + LETTER + PART + "*+"),
            rule(Kind.OTHER, LETTER + PART + "*+(?=\\()"),
            rule(Kind.OTHER, "-?0[xX][\\p{Nd}A-Fa-f]+|-?\\p{Nd}+(?:\\.\\p{Nd}+)?[eE]-?\\p{Nd}+"),
            rule(Kind.OTHER, "-?(?:\\p{Nd}+\\.\\p{Nd}*|\\.\\p{Nd}+)(?![_A-Za-zÀ-Üà-ü])"),
            rule(Kind.OTHER, "-?\\p{Nd}+(?![_A-Za-zÀ-Üà-ü])"),
            rule(Kind.OTHER, "(?<![\\p{L}\\p{N}_\\])])\\[[^\\]\\[]+]"),
            rule(Kind.WORD, "(?i:END\\s+(?:IF|LOOP|WHILE|FOR|CASE)\\b)|[\\p{L}\\p{N}_][$#\\p{L}\\p{N}_]*+"),
            rule(Kind.OTHER, "[;:()\\[\\],.]"),
            rule(Kind.OTHER, "->>?|#>>?|@>|<@|-|#-"),
            rule(Kind.OTHER, "[<>=~!]+"),
            rule(Kind.OTHER, "[+/@#%^&|-]+"));

    private SqlparseLexer() {}

    /**
     * Returns the tokens of the first statement, with its semicolon and the blanks and comments that follow on the
     * same line.
     */
    static List<SqlparseToken> firstStatement(String sql) {
        List<SqlparseToken> statement = new ArrayList<>();
        int level = 0;
        boolean ended = false;
        for (int position = 0; position < sql.length(); ) {
            SqlparseToken token = next(sql, position);
            if (ended && token.kind() != Kind.SPACE && token.kind() != Kind.LINE_COMMENT) {
                break;
            }
            statement.add(token);
            position += token.text().length();
            level += levelChange(token);
            ended |= (token.text().equals(";") && level <= 0)
                    || (token.kind() == Kind.WORD && token.text().equals("GO"));
        }
        return statement;
    }

    /** Returns the change of nesting depth. Every END closes a block, as in sqlparse. */
    private static int levelChange(SqlparseToken token) {
        if (token.text().equals("(")) {
            return 1;
        }
        boolean end = token.kind() == Kind.WORD && token.text().equalsIgnoreCase("END");
        return end || token.text().equals(")") ? -1 : 0;
    }

    private static SqlparseToken next(String sql, int position) {
        char first = sql.charAt(position);
        if (first == '\'' || first == '"' || first == '`' || first == '´') {
            return quoted(sql, position, first);
        }
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern()
                    .matcher(sql)
                    .region(position, sql.length())
                    .useTransparentBounds(true)
                    .useAnchoringBounds(false);
            if (matcher.lookingAt() && matcher.end() > position) {
                return new SqlparseToken(rule.kind(), matcher.group());
            }
        }
        return new SqlparseToken(
                Kind.OTHER, sql.substring(position, position + Character.charCount(sql.codePointAt(position))));
    }

    private static SqlparseToken quoted(String sql, int open, char quote) {
        Kind kind = quote == '\'' ? Kind.SINGLE_QUOTED : quote == '"' ? Kind.DOUBLE_QUOTED : Kind.OTHER;
        int end = endOfQuoted(sql, open, quote, kind != Kind.OTHER);
        return end < 0
                ? new SqlparseToken(Kind.OTHER, sql.substring(open, open + 1))
                : new SqlparseToken(kind, sql.substring(open, end));
    }

    /**
     * Returns the index after the closing quote; -1 if there is none. Doubled quotes, and with {@code backslashes}
     * escaped ones, belong to the text; but if no other quote closes it, the last of these does.
     */
    private static int endOfQuoted(String sql, int open, char quote, boolean backslashes) {
        int lastPassed = -1;
        int i = open + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            boolean quoteFollows = i + 1 < sql.length() && sql.charAt(i + 1) == quote;
            if (c == quote && !quoteFollows) {
                return i + 1;
            }
            if (c == quote) {
                lastPassed = i;
                i += 2;
            } else if (c == '\\' && backslashes && quoteFollows) {
                lastPassed = i + 1;
                i += 2;
            } else {
                i++;
            }
        }
        return lastPassed < 0 ? -1 : lastPassed + 1;
    }

    private static Rule rule(Kind kind, String pattern) {
        return new Rule(kind, Pattern.compile(pattern, Pattern.UNIX_LINES));
    }

    private record Rule(Kind kind, Pattern pattern) {}

    /**
     * A token of Python's sqlparse. The tokens of a text, concatenated, are the text.
     *
     * @param kind the kind of token
     * @param text as written
     */
    record SqlparseToken(Kind kind, String text) {

        /** The kinds of tokens that the evaluator distinguishes. */
        enum Kind {
            /** A space or a tab. */
            SPACE,
            /** A comment to the end of the line. */
            LINE_COMMENT,
            /** A string in single quotes. */
            SINGLE_QUOTED,
            /** A string in double quotes. */
            DOUBLE_QUOTED,
            /** A keyword or a bare name. */
            WORD,
            /** Anything else. */
            OTHER
        }
    }
}
