package org.sqltune.core.io;

import java.util.Locale;

/** Numbers of bytes in words, by powers of 1000 as the hub shows them. */
public final class ByteSizes {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private ByteSizes() {}

    /** Such as {@code 519 bytes} or {@code 2.2 GB}. */
    public static String inWords(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
