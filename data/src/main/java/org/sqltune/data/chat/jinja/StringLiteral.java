package org.sqltune.data.chat.jinja;

import org.sqltune.data.chat.jinja.value.JinjaException;

/** Evaluates string literals. */
final class StringLiteral {
    private StringLiteral() {}

    /** Returns the value of the text between quotes: replaces Python's escapes, keeps others. */
    static String value(String content) {
        if (content.indexOf('\\') < 0) {
            return content;
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < content.length()) {
            char c = content.charAt(i);
            if (c != '\\' || i + 1 >= content.length()) {
                out.append(c);
                i++;
            } else {
                i = escape(content, i + 1, out);
            }
        }
        return out.toString();
    }

    /** @return the index after the escape whose letter is at {@code at} */
    private static int escape(String content, int at, StringBuilder out) {
        char c = content.charAt(at);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'a' -> out.append('\u0007');
            case 'v' -> out.append('\u000B');
            case '\\', '\'', '"' -> out.append(c);
            case '\n' -> {}
            case 'x' -> {
                return code(content, at + 1, 2, out);
            }
            case 'u' -> {
                return code(content, at + 1, 4, out);
            }
            case 'U' -> {
                return code(content, at + 1, 8, out);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int end = at;
                while (end < content.length() && end < at + 3 && "01234567".indexOf(content.charAt(end)) >= 0) {
                    end++;
                }
                out.appendCodePoint(Integer.parseInt(content.substring(at, end), 8));
                return end;
            }
            default -> out.append('\\').append(c);
        }
        return at + 1;
    }

    private static int code(String content, int start, int digits, StringBuilder out) {
        try {
            out.appendCodePoint(Integer.parseInt(content.substring(start, start + digits), 16));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new JinjaException("'\\" + content.substring(start - 1) + "' is no escape of a character");
        }
        return start + digits;
    }
}
