package org.sqltune.model.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured on one fixture, as a row of a Markdown table. */
final class ParityFigures {
    /** What is measured. */
    enum Column {
        LOGITS("logits, max abs Δ", "%.1e"),
        BF16("bf16 error / the reference's", "%.2f"),
        LOSS("loss, abs Δ", "%.1e"),
        ADAPTER("logits with adapter, max abs Δ", "%.1e"),
        GREEDY("greedy ids equal", "%.0f of 24");

        private final String title;
        private final String format;

        Column(String title, String format) {
            this.title = title;
            this.format = format;
        }
    }

    private final Map<Column, Double> values = new EnumMap<>(Column.class);

    void put(Column column, double value) {
        values.put(column, value);
    }

    private String row() {
        return Arrays.stream(Column.values())
                .map(column ->
                        values.containsKey(column) ? String.format(Locale.ROOT, column.format, values.get(column)) : "")
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** Writes a table, a row for each fixture. */
    static void write(Path file, Map<String, ParityFigures> rows) throws IOException {
        StringBuilder text = new StringBuilder("| fixture | ");
        text.append(Arrays.stream(Column.values()).map(each -> each.title).collect(Collectors.joining(" | ")));
        text.append(" |\n|---|").append("---|".repeat(Column.values().length)).append('\n');
        rows.forEach((name, figures) -> text.append("| `")
                .append(name)
                .append("` ")
                .append(figures.row())
                .append('\n'));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
