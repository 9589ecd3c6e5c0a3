package org.sqltune.data.prompt.answer;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the end of an SQL statement, and respects quotes and comments. A statement ends at a semicolon, a fence, a
 * chat marker, a line that is clearly prose or part of a prompt, or the beginning of a second query.
 */
final class StatementScanner {
    /** Words after which a query at the beginning of a line still belongs to the statement. */
    private static final Set<String> CONTINUED =
            Set.of("union", "all", "distinct", "intersect", "except", "minus", "as");

    private static final Pattern MARKER = Pattern.compile("```|\\[/?INST]|</?s>|<\\|");

    private static final Pattern PROMPT_OR_PROSE = Pattern.compile(
            "\\s*+(?:(?:Explanation|Question|Request|Schema|Database Schema|Database|Domain|Values|Answer|Note|TABLE|VIEW):"
                    + "|(?:This|The|Here) [a-z])");

    /** Matches a paragraph that ends like a sentence. */
    private static final Pattern PROSE_PARAGRAPH =
            Pattern.compile("[ \\t\\r]*\\n\\s*[A-Z][^\\n]*[.:!][ \\t\\r]*(?:\\n|$)");

    private static final Pattern BROKEN_LITERAL = Pattern.compile("\\n\\s*(?:```|Explanation:)|\\[/?INST]|</s>");

    private final String text;
    private final boolean query;
    private int position;
    private int endOfCode;
    private int depth;
    private String lastWord = "";

    private StatementScanner(String text, int start) {
        this.text = text;
        this.position = start;
        this.endOfCode = start;
        this.query = text.regionMatches(true, start, "SELECT", 0, "SELECT".length());
    }

    /**
     * Finds a statement's end.
     *
     * @param text the text that contains the statement
     * @param start the index of its beginning
     * @return the index after its last character, before the semicolon; white space may precede it
     */
    static int end(String text, int start) {
        return new StatementScanner(text, start).end();
    }

    /** Returns the index of the first character from {@code start} on that is neither white space nor in a comment. */
    static int afterComments(String text, int start) {
        int position = start;
        while (position < text.length()) {
            if (Character.isWhitespace(text.charAt(position))) {
                position++;
            } else if (text.startsWith("--", position)) {
                int lineEnd = text.indexOf('\n', position);
                position = lineEnd < 0 ? text.length() : lineEnd;
            } else if (text.startsWith("/*", position)) {
                position = afterBlockComment(text, position);
            } else {
                return position;
            }
        }
        return position;
    }

    private int end() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ';' || at(MARKER)) {
                return position;
            }
            if (c == '\n') {
                position++;
                if (chatterBegins() || secondQueryBegins()) {
                    return endOfCode;
                }
            } else if (Character.isWhitespace(c)) {
                position++;
            } else if (text.startsWith("--", position)) {
                position = orEnd(text.indexOf('\n', position));
            } else if (text.startsWith("/*", position)) {
                position = afterBlockComment(text, position);
            } else {
                code(c);
                endOfCode = position;
            }
        }
        return text.length();
    }

    private void code(char c) {
        if (Character.isLetter(c) || c == '_') {
            int end = position;
            while (end < text.length() && isPartOfWord(text.charAt(end))) {
                end++;
            }
            lastWord = text.substring(position, end).toLowerCase(Locale.ROOT);
            position = end;
            return;
        }
        lastWord = "";
        position = switch (c) {
            case '\'', '"', '`' -> afterQuote(c);
            case '[' -> afterBracket();
            default -> position + 1;
        };
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }

    /**
     * Returns the index after the closing quote; a doubled quote doesn't close. An unclosed quote counts as an
     * ordinary character.
     */
    private int afterQuote(char quote) {
        int close = text.indexOf(quote, position + 1);
        while (close >= 0 && close + 1 < text.length() && text.charAt(close + 1) == quote) {
            close = text.indexOf(quote, close + 2);
        }
        boolean broken = close < 0
                || BROKEN_LITERAL.matcher(text).region(position, close).find();
        return broken ? position + 1 : close + 1;
    }

    /** Returns the index after a name in square brackets, which SQLite accepts like Access and SQL Server. */
    private int afterBracket() {
        int close = text.indexOf(']', position);
        int lineEnd = orEnd(text.indexOf('\n', position));
        return close >= 0 && close < lineEnd ? close + 1 : position + 1;
    }

    private static int afterBlockComment(String text, int start) {
        int close = text.indexOf("*/", start + 2);
        return close < 0 ? text.length() : close + 2;
    }

    private boolean chatterBegins() {
        return at(PROMPT_OR_PROSE)
                || (depth <= 0
                        && PROSE_PARAGRAPH
                                .matcher(text)
                                .region(position, text.length())
                                .lookingAt());
    }

    private boolean secondQueryBegins() {
        return query
                && depth <= 0
                && !CONTINUED.contains(lastWord)
                && (atWord("SELECT") || atWord("WITH") || atWord("CREATE"));
    }

    private boolean atWord(String word) {
        int end = position + word.length();
        return text.regionMatches(true, position, word, 0, word.length())
                && (end == text.length() || !isPartOfWord(text.charAt(end)));
    }

    private boolean at(Pattern pattern) {
        return pattern.matcher(text).region(position, text.length()).lookingAt();
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private int orEnd(int index) {
        return index < 0 ? text.length() : index;
    }
}
