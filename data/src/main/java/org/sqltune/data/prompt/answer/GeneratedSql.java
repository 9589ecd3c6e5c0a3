package org.sqltune.data.prompt.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extracts the SQL from a model's output. */
public final class GeneratedSql {
    private static final String END_OF_INSTRUCTION = "[/INST]";

    private static final Pattern STATEMENT = Pattern.compile(
            "[(\\s]*+(?:SELECT|WITH|VALUES|INSERT|UPDATE|DELETE|REPLACE|MERGE|CREATE|ALTER|DROP|TRUNCATE|EXPLAIN|PRAGMA"
                    + "|SHOW|DESCRIBE|CALL|GRANT|REVOKE|SET)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FENCE = Pattern.compile(
            "```(?:(?:sqlite3?|sql|postgresql|postgres|mysql)\\b|\\w+(?=\\s*\\n))?", Pattern.CASE_INSENSITIVE);

    private static final Pattern QUERY_ON_A_LINE_OF_ITS_OWN =
            Pattern.compile("(?:^|\\n)\\s*(?:SQL(?: query)?:\\s*)?((?:SELECT|WITH)\\s)", Pattern.CASE_INSENSITIVE);

    /** Within a line, only upper case distinguishes SQL from prose such as "let me select". */
    private static final Pattern QUERY_IN_A_LINE = Pattern.compile("\\b(SELECT\\s|WITH\\s+\\w+\\s+AS\\b)");

    private GeneratedSql() {}

    /** Returns the first statement in {@code generated}, stripped and without its closing semicolon. */
    public static String firstStatement(String generated) {
        String text = afterInstruction(generated);
        int start = start(text);
        return text.substring(start, StatementScanner.end(text, start)).strip();
    }

    /** Returns the text after a repeated end of the prompt, if no statement precedes it. */
    private static String afterInstruction(String text) {
        int from = 0;
        int end = text.indexOf(END_OF_INSTRUCTION);
        while (end >= 0 && !statementAt(text, StatementScanner.afterComments(text, from))) {
            from = end + END_OF_INSTRUCTION.length();
            end = text.indexOf(END_OF_INSTRUCTION, from);
        }
        return text.substring(from);
    }

    private static int start(String text) {
        int first = StatementScanner.afterComments(text, 0);
        if (statementAt(text, first)) {
            return first;
        }
        Matcher fence = FENCE.matcher(text);
        if (fence.find()) {
            return StatementScanner.afterComments(text, fence.end());
        }
        Matcher line = QUERY_ON_A_LINE_OF_ITS_OWN.matcher(text);
        if (line.find()) {
            return line.start(1);
        }
        Matcher within = QUERY_IN_A_LINE.matcher(text);
        return within.find() ? within.start(1) : 0;
    }

    private static boolean statementAt(String text, int position) {
        return STATEMENT.matcher(text).region(position, text.length()).lookingAt();
    }
}
