package org.sqltune.core.text;

/**
 * Makes text from models, databases and files safe to show: control characters, with which a terminal can be steered,
 * characters that turn the direction of writing, and those that nobody sees become visible escapes.
 */
public final class PrintableText {
    private static final int LONGEST = 200;

    private PrintableText() {}

    /** A name or value as part of a message: on one line, cut where it is long. */
    public static String clipped(String text) {
        return oneLine(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }

    /** The text on one line. */
    public static String oneLine(String text) {
        return escaped(text, false);
    }

    /** The text with its line breaks and tabs. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean keepLines) {
        if (text.codePoints().noneMatch(character -> isDangerous(character) && !(keepLines && isLayout(character)))) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if ((keepLines && isLayout(character)) || !isDangerous(character)) {
                printable.appendCodePoint(character);
            } else {
                printable.append(escape(character));
            }
        });
        return printable.toString();
    }

    private static boolean isLayout(int character) {
        return character == '\n' || character == '\t';
    }

    private static boolean isDangerous(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || (type == Character.FORMAT && !isWritten(character));
    }

    /**
     * Of Unicode's format characters, those that belong to a script or that an emoji is made with. The others turn the
     * direction (<a href="https://www.unicode.org/reports/tr9/">UAX #9</a>) or can't be seen.
     */
    private static boolean isWritten(int character) {
        boolean joiner = character == 0x200c || character == 0x200d;
        boolean sign = (character >= 0x0600 && character <= 0x0605)
                || character == 0x06dd
                || character == 0x070f
                || character == 0x08e2
                || character == 0x110bd
                || character == 0x110cd;
        return joiner || sign || character == 0x00ad;
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                Character.isBmpCodePoint(character)
                        ? String.format("\\u%04x", character)
                        : String.format(
                                "\\u%04x\\u%04x",
                                (int) Character.highSurrogate(character), (int) Character.lowSurrogate(character));
        };
    }
}
