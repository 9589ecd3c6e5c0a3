package org.sqltune.deployment.gguf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sqltune.core.SqlTuneException;
import org.sqltune.deployment.gguf.GgufHead.TensorEntry;

/** A GGUF file in words, for people. */
public final class GgufDescription {
    private static final int SHOWN_VALUES = 6;
    private static final int SHOWN_CHARACTERS = 100;
    private static final double MILLION = 1e6;

    private GgufDescription() {}

    /**
     * Its size, its keys and its tensors, as lines.
     *
     * @throws SqlTuneException if the file can't be read or is damaged
     */
    public static List<String> of(Path file) {
        GgufHead head = GgufHead.read(file);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: GGUF version %d, %.1f MB, %d keys, %d tensors of %.2f million numbers (%s)",
                file,
                head.version(),
                head.fileBytes() / MILLION,
                head.metadata().size(),
                head.tensors().size(),
                head.numbers() / MILLION,
                types(head)));
        head.metadata().forEach((key, value) -> lines.add("  " + key + " = " + shown(value)));
        int width = head.tensors().stream()
                .mapToInt(tensor -> tensor.name().length())
                .max()
                .orElse(1);
        for (TensorEntry tensor : head.tensors()) {
            String axes = tensor.axes().stream().map(String::valueOf).collect(Collectors.joining(" x "));
            lines.add(String.format(
                    Locale.ROOT, "  %-" + width + "s  %-5s %s", printable(tensor.name()), tensor.type(), axes));
        }
        return lines;
    }

    /** How many tensors there are of each type. */
    private static String types(GgufHead head) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        head.tensors().forEach(tensor -> counts.merge(tensor.type(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String shown(Object value) {
        if (value instanceof List<?> values) {
            String first = values.stream()
                    .limit(SHOWN_VALUES)
                    .map(GgufDescription::shown)
                    .collect(Collectors.joining(", "));
            return values.size() <= SHOWN_VALUES ? "[" + first + "]" : "[" + first + ", …] (" + values.size() + ")";
        }
        String text = printable(String.valueOf(value));
        int length = text.codePointCount(0, text.length());
        return length <= SHOWN_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "… (" + length + " characters)";
    }

    /** On one line, and without what a terminal would obey. */
    private static String printable(String text) {
        return text.codePoints()
                .mapToObj(c -> c == '\n' ? "\\n" : Character.isISOControl(c) ? "?" : Character.toString(c))
                .collect(Collectors.joining());
    }
}
