package org.sqltune.evaluation.spider.execution;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Compares and prints SQLite's values as Python does. */
final class PythonValues {
    private static final double LONG_BOUND = 0x1p63;
    /**
     * A double always keeps this many decimal digits, except for the very smallest numbers; trailing zeros are
     * dropped.
     */
    private static final int SHORTEST_DIGITS = 15;

    private static final int ALWAYS_ENOUGH_DIGITS = 17;
    private static final int FIRST_LARGE_EXPONENT = 16;
    private static final int LAST_SMALL_EXPONENT = -5;

    private PythonValues() {}

    /**
     * Returns a value that equals another exactly if Python's {@code ==} holds: a whole floating-point number is its
     * integer, and bytes are compared by content.
     */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof Double number
                && number == Math.rint(number)
                && number >= -LONG_BOUND
                && number < LONG_BOUND) {
            return number.longValue();
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    /** Returns {@code str(value) + str(type(value))}. */
    static String textAndType(@Nullable Object value) {
        if (value == null) {
            return "None<class 'NoneType'>";
        }
        if (value instanceof Double number) {
            return print(number) + "<class 'float'>";
        }
        if (value instanceof byte[] bytes) {
            // Only the first characters matter: they order bytes among numbers and strings.
            return "b'" + new String(bytes, StandardCharsets.ISO_8859_1) + "'<class 'bytes'>";
        }
        return value + (value instanceof String ? "<class 'str'>" : "<class 'int'>");
    }

    /**
     * Returns {@code repr(number)}: the fewest digits that identify the number, with an exponent outside 1e-4 to
     * 1e16.
     */
    static String print(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number > 0 ? "0.0" : "-0.0";
        }
        BigDecimal shortest = shortest(number).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent < FIRST_LARGE_EXPONENT && exponent > LAST_SMALL_EXPONENT) {
            return shortest.scale() > 0 ? shortest.toPlainString() : shortest.toPlainString() + ".0";
        }
        String digits = shortest.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        int size = Math.abs(exponent);
        return (number < 0 ? "-" : "") + mantissa + "e" + sign + (size < 10 ? "0" : "") + size;
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        int first = Math.abs(number) < Double.MIN_NORMAL ? 1 : SHORTEST_DIGITS;
        for (int digits = first; digits < ALWAYS_ENOUGH_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded;
            }
        }
        return exact.round(new MathContext(ALWAYS_ENOUGH_DIGITS, RoundingMode.HALF_EVEN));
    }
}
