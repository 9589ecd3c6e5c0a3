package org.sqltune.inference.session;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.text.PrintableText;

/**
 * One column of a {@link RowTable}, its cells already text.
 *
 * @param name the header, not padded
 * @param cells not padded
 * @param width columns of the screen that the widest of them takes
 * @param numeric whether all values are numbers
 */
record TableColumn(String name, List<String> cells, int width, boolean numeric) {
    private static final int SHOWN_BYTES = 16;
    private static final double LARGEST_PLAIN = 1e15;
    private static final double SMALLEST_PLAIN = 1e-6;

    static TableColumn of(String name, List<? extends @Nullable Object> values, int maxWidth) {
        String header = shortened(PrintableText.oneLine(name), maxWidth);
        List<String> cells = values.stream()
                .map(value -> shortened(PrintableText.oneLine(text(value)), maxWidth))
                .toList();
        int width = cells.stream().mapToInt(TableColumn::width).reduce(width(header), Math::max);
        boolean numeric = values.stream().anyMatch(Objects::nonNull)
                && values.stream().allMatch(value -> value == null || value instanceof Number);
        return new TableColumn(header, cells, width, numeric);
    }

    /** The header, padded. */
    String header() {
        return padded(name);
    }

    /** A row's cell, padded. */
    String cell(int row) {
        return padded(cells.get(row));
    }

    private String padded(String text) {
        String padding = " ".repeat(width - width(text));
        return numeric ? padding + text : text + padding;
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Double number) {
            return decimal(number);
        }
        return value instanceof byte[] bytes ? hex(bytes) : value.toString();
    }

    /** Without an exponent where that can be read. */
    private static String decimal(double number) {
        double size = Math.abs(number);
        if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
            return Double.toString(number);
        }
        String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    private static String hex(byte[] bytes) {
        String begin = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
        return bytes.length > SHOWN_BYTES ? "x'" + begin + "…' (" + bytes.length + " bytes)" : "x'" + begin + "'";
    }

    /** Cut off where it gets too wide, with an ellipsis. */
    private static String shortened(String text, int maxWidth) {
        int taken = 0;
        int lastFitting = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            taken += width(character);
            if (taken > maxWidth) {
                return text.substring(0, lastFitting) + "…";
            }
            i += Character.charCount(character);
            if (taken < maxWidth) {
                lastFitting = i;
            }
        }
        return text;
    }

    private static int width(String text) {
        return text.codePoints().map(TableColumn::width).sum();
    }

    /** Two for wide characters such as Chinese ones, none for combining ones. */
    private static int width(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
    }
}
