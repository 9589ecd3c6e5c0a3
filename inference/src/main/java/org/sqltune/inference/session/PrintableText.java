package org.sqltune.inference.session;

/**
 * Makes text from models and databases safe to print: control characters, with which a terminal can be steered, and
 * characters that turn the direction of writing become visible escapes.
 */
final class PrintableText {
    private PrintableText() {}

    /** The text on one line. */
    static String oneLine(String text) {
        return escaped(text, false);
    }

    /** The text with its line breaks and tabs. */
    static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean keepLines) {
        if (text.codePoints().noneMatch(PrintableText::isDangerous)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            boolean kept = keepLines && (character == '\n' || character == '\t');
            if (kept || !isDangerous(character)) {
                printable.appendCodePoint(character);
            } else {
                printable.append(escape(character));
            }
        });
        return printable.toString();
    }

    private static boolean isDangerous(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || turnsDirection(character);
    }

    /** The marks of the Unicode bidirectional algorithm (<a href="https://www.unicode.org/reports/tr9/">UAX #9</a>). */
    private static boolean turnsDirection(int character) {
        return character == 0x061c
                || character == 0x200e
                || character == 0x200f
                || (character >= 0x202a && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069);
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", character);
        };
    }
}
