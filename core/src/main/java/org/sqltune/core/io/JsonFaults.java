package org.sqltune.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a JSON text, in a user's words: the parser's speak of its own tokens, sources and settings. */
public final class JsonFaults {
    private static final Pattern TOKEN = Pattern.compile("Unrecognized token '([^']{1,40})");
    private static final Pattern TWICE = Pattern.compile("Duplicate field '([^']{1,80})'");

    /** What the parser's messages hold, and what that means; the first that is found decides. */
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("end-of-input", "it breaks off"),
            Map.entry("illegal unquoted character", "a text has a line break or control character that isn't escaped"),
            Map.entry("illegal character", "a control character stands outside of the texts"),
            Map.entry("double-quote to start", "a key must stand in double quotes"),
            Map.entry("a colon", "a colon is missing behind a key"),
            Map.entry("to separate", "a comma or a closing bracket is missing"),
            Map.entry("expecting comma", "a comma or a closing bracket is missing"),
            Map.entry("unexpected close marker", "a bracket closes that none opened"),
            Map.entry("trailing token", "something follows its end"),
            Map.entry("character escape", "a backslash stands before a character that needs none"),
            Map.entry("hex", "a \\u isn't followed by four hexadecimal digits"),
            Map.entry("leading zero", "a number begins with 0"),
            Map.entry("numeric value", "a number isn't written as JSON writes numbers"),
            Map.entry("valid number", "a number isn't written as JSON writes numbers"),
            Map.entry("utf-8", "its bytes aren't UTF-8"),
            Map.entry("valid value", "a value is missing"));

    private JsonFaults() {}

    /** A clause, with the column where it is known, such as {@code it breaks off (column 12)}. */
    public static String reason(JsonProcessingException e) {
        String words = words(e);
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        return column > 0 ? words + " (column " + column + ")" : words;
    }

    private static String words(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return limit(message);
        }
        if (e instanceof JsonEOFException) {
            return "it breaks off";
        }
        Matcher token = TOKEN.matcher(message);
        if (token.find()) {
            return token.group(1) + " is no JSON value; texts stand in double quotes";
        }
        Matcher twice = TWICE.matcher(message);
        if (twice.find()) {
            return "the key " + twice.group(1) + " stands twice";
        }
        String lower = message.toLowerCase(Locale.ROOT);
        return WORDS.stream()
                .filter(entry -> lower.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("a character stands where none of its kind may");
    }

    private static String limit(String message) {
        StreamReadConstraints limits = StreamReadConstraints.defaults();
        if (message.contains("nesting")) {
            return "it is nested deeper than " + limits.getMaxNestingDepth() + " levels";
        }
        if (message.contains("Number")) {
            return "a number has more than " + limits.getMaxNumberLength() + " characters";
        }
        if (message.contains("Name")) {
            return "a key has more than " + limits.getMaxNameLength() + " characters";
        }
        return "a text has more than " + limits.getMaxStringLength() + " characters";
    }
}
