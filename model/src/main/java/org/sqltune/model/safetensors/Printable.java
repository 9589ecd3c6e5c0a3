package org.sqltune.model.safetensors;

/** Text from a file that nobody has checked, as part of a one-line message. */
final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    /** The text without anything that ends a line or steers a terminal, cut where it is long. */
    static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return shown.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]", "?");
    }
}
