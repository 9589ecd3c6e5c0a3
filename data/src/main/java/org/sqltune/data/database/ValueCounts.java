package org.sqltune.data.database;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Column;

/** Counts a column's values and records whether they are texts. */
final class ValueCounts {
    private static final int LONGEST = 60;

    private static final char NO_TEXT = '\uFFFD';

    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private final Map<String, Integer> others = new LinkedHashMap<>();
    private final Map<String, Integer> all = new LinkedHashMap<>();

    void add(@Nullable Object value) {
        if (value == null || value instanceof byte[] || (value instanceof Double real && real.isInfinite())) {
            return;
        }
        String text = value.toString();
        // The substitute for bytes that aren't text equals no value.
        if (!text.isBlank() && text.length() <= LONGEST && text.indexOf(NO_TEXT) < 0) {
            all.merge(text, 1, Integer::sum);
            (value instanceof String ? texts : others).merge(text, 1, Integer::sum);
        }
    }

    /** Returns the column with its most frequent values as samples, without texts that look like numbers. */
    Column into(Column column, int count) {
        boolean textsOnly = others.isEmpty() && texts.keySet().stream().anyMatch(ValueCounts::looksBare);
        Stream<Map.Entry<String, Integer>> clear = all.entrySet().stream()
                .filter(each -> textsOnly || !looksBare(each.getKey()) || !texts.containsKey(each.getKey()));
        List<String> samples = clear.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
        boolean matters = textsOnly && samples.stream().anyMatch(ValueCounts::looksBare);
        return column.withSamples(samples, matters);
    }

    private static boolean looksBare(String text) {
        return LiteralText.isNumber(text) || LiteralText.isTruth(text);
    }
}
