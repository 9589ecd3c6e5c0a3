package org.sqltune.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as transformers writes it: {@code 5GB}, {@code 500MB}, or with powers of two {@code 2GiB}. */
final class ByteSizeOption implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([KMGT]I?B)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.of(
            "KB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "TB",
            1_000_000_000_000L,
            "KIB",
            1L << 10,
            "MIB",
            1L << 20,
            "GIB",
            1L << 30,
            "TIB",
            1L << 40);

    @Override
    public Long convert(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2).toUpperCase(Locale.ROOT)) : null;
        long number = unit == null ? 0 : Long.parseLong(matcher.group(1));
        if (unit == null || number == 0 || number > Long.MAX_VALUE / unit) {
            throw new TypeConversionException("'" + text + "' is not a size: write 5GB or 500MB");
        }
        return number * unit;
    }
}
