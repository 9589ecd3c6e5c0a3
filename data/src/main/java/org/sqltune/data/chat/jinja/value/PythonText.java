package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's string operations, which count code points and have another definition of white space than Java. */
public final class PythonText {
    private PythonText() {}

    public static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || (c >= 0x1C && c <= 0x1F);
    }

    /**
     * Strips characters at the ends of a text.
     *
     * @param characters the characters to strip; null for white space
     */
    public static String strip(String text, @Nullable String characters, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && stripped(text.codePointAt(start), characters)) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && stripped(text.codePointBefore(end), characters)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean stripped(int c, @Nullable String characters) {
        return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
    }

    /** Compares texts by code points, like Python. */
    public static int compare(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    /**
     * Implements {@code split} and {@code rsplit}.
     *
     * @param separator null for runs of white space
     * @param most the maximal number of splits; negative for no limit
     */
    public static List<@Nullable Object> split(String text, @Nullable String separator, int most, boolean fromRight) {
        if (separator == null) {
            return splitAtSpace(text, most, fromRight);
        }
        if (separator.isEmpty()) {
            throw new JinjaException("split by an empty separator");
        }
        List<@Nullable Object> parts = new ArrayList<>();
        if (fromRight) {
            int end = text.length();
            int at = text.lastIndexOf(separator);
            while (at >= 0 && (most < 0 || parts.size() < most)) {
                parts.add(0, text.substring(at + separator.length(), end));
                end = at;
                at = at - separator.length() < 0 ? -1 : text.lastIndexOf(separator, at - separator.length());
            }
            parts.add(0, text.substring(0, end));
            return parts;
        }
        int start = 0;
        int at = text.indexOf(separator);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
            at = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<@Nullable Object> splitAtSpace(String text, int most, boolean fromRight) {
        List<@Nullable Object> parts = new ArrayList<>();
        String rest = strip(text, null, true, true);
        while (!rest.isEmpty()) {
            int cut = most >= 0 && parts.size() >= most ? -1 : cut(rest, fromRight);
            if (cut < 0) {
                parts.add(fromRight ? 0 : parts.size(), rest);
                return parts;
            }
            String head = rest.substring(0, cut);
            String tail = rest.substring(cut);
            if (fromRight) {
                parts.add(0, strip(tail, null, true, false));
                rest = strip(head, null, false, true);
            } else {
                parts.add(head);
                rest = strip(tail, null, true, false);
            }
        }
        return parts;
    }

    /** Returns the start of the first or last white space; -1 if there is none. */
    private static int cut(String text, boolean fromRight) {
        for (int i = 0; i < text.length(); i++) {
            int at = fromRight ? text.length() - 1 - i : i;
            if (isSpace(text.charAt(at))) {
                return at;
            }
        }
        return -1;
    }

    /** Implements {@code title}: the first letter of each word in upper case, the others in lower case. */
    public static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return out.toString();
    }

    /** Converts a code point index, which must be within the text, to a UTF-16 index. */
    public static int offset(String text, long index) {
        return text.offsetByCodePoints(0, (int) index);
    }
}
