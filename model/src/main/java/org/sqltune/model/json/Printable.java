package org.sqltune.model.json;

import java.util.regex.Pattern;

/** Text from a file that nobody has checked, as part of a one-line message. */
public final class Printable {
    private static final int LONGEST = 200;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]");

    private Printable() {}

    /** A name or a value: without anything that ends a line or steers a terminal, cut where it is long. */
    public static String of(String text) {
        return line(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }

    /** A message that quotes such text, in full. */
    public static String line(String message) {
        return CONTROLS.matcher(message).replaceAll("?");
    }
}
