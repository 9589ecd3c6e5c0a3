package org.sqltune.core.io;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats numbers of bytes for readers, in powers of 1000 as the Hugging Face Hub does. */
public final class ByteSizes {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([KMGT])(I?)B", Pattern.CASE_INSENSITIVE);
    private static final String POWERS = "KMGT";

    private ByteSizes() {}

    /**
     * Reads a size as transformers writes it: {@code 5GB}, {@code 500MB}, or with powers of two {@code 2GiB}.
     *
     * @return the number of bytes; empty if the text is no such size, or 0
     */
    public static OptionalLong parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int power = POWERS.indexOf(Character.toUpperCase(matcher.group(2).charAt(0))) + 1;
        BigInteger unit =
                BigInteger.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024).pow(power);
        BigInteger bytes = new BigInteger(matcher.group(1)).multiply(unit);
        return bytes.signum() == 0 || bytes.bitLength() > Long.SIZE - 1
                ? OptionalLong.empty()
                : OptionalLong.of(bytes.longValue());
    }

    /** Formats a number of bytes, for example as {@code 519 bytes} or {@code 2.2 GB}. */
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
