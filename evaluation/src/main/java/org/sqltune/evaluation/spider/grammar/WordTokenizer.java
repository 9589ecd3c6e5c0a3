package org.sqltune.evaluation.spider.grammar;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a text without quotation marks into words like NLTK's {@code word_tokenize}: a sequence of rules puts spaces
 * around punctuation, and the text is split at spaces. {@code =}, a point inside a word and a comma before a digit
 * don't count as punctuation.
 *
 * <p>The text counts as one sentence. NLTK first splits sentences with a model trained on newspapers; that changes
 * the words only where a word before the end of the text ends with a point ({@code 5. }), which no query needs.
 *
 * <p>Source: {@code nltk/tokenize/destructive.py} of NLTK 3.9.
 */
final class WordTokenizer {
    private static final String CLOSING_QUOTES = "»”’";
    private static final String APART = " $0 ";

    private static final List<Rule> RULES = List.of(
            apart("«“‘„`", "[«“‘„]|`+"),
            apart("`", "``"),
            rule(".", "([^.])(\\.)([\\])}>" + CLOSING_QUOTES + " ]*+)" + PythonText.SPACE + "*+$", "$1 $2 $3 "),
            rule(":,", "([:,])(\\P{Nd})", " $1 $2"),
            apart(":,", "[:,]$"),
            apart(".", "\\.{2,}+"),
            apart(";@#$%&", "[;@#$%&]"),
            apart("\u2012\u2013\u2014\u2015", "[\u2012-\u2015]"),
            rule(".", "([^.])(\\.)([\\])}>]*+)" + PythonText.SPACE + "*+$", "$1 $2$3 "),
            apart("?!", "[?!]"),
            apart("*", "\\*"),
            apart("[](){}<>", "[\\[\\](){}<>]"),
            apart("-", "--"),
            apart(CLOSING_QUOTES, "[" + CLOSING_QUOTES + "]"),
            contraction("can", "not\\b"),
            contraction("gim", "me\\b"),
            contraction("gon", "na\\b"),
            contraction("got", "ta\\b"),
            contraction("lem", "me\\b"),
            contraction("wan", "na(?= )"));

    private WordTokenizer() {}

    /** Returns the words of a text, in order. */
    static List<String> words(String text) {
        String spaced = text;
        for (Rule rule : RULES) {
            spaced = rule.applyTo(spaced);
        }
        return PythonText.split(spaced);
    }

    private static Rule apart(String marks, String pattern) {
        return rule(marks, pattern, APART);
    }

    private static Rule rule(String marks, String pattern, String replacement) {
        return new Rule(marks, Pattern.compile(pattern, Pattern.UNIX_LINES), replacement);
    }

    private static Rule contraction(String first, String second) {
        return new Rule("", Pattern.compile("(?i)\\b(" + first + ")(" + second + ")"), " $1 $2 ");
    }

    /**
     * A replacement.
     *
     * @param marks the rule is skipped for texts without any of these characters, which saves time; empty to apply it
     *     always
     * @param pattern the pattern to replace
     * @param replacement the replacement
     */
    private record Rule(String marks, Pattern pattern, String replacement) {
        String applyTo(String text) {
            boolean concerned = marks.isEmpty() || text.chars().anyMatch(c -> marks.indexOf(c) >= 0);
            return concerned ? pattern.matcher(text).replaceAll(replacement) : text;
        }
    }
}
