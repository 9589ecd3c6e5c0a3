package org.sqltune.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The title block of every report, on pages ({@link TitleHtml}) and in a terminal ({@link #lines}).
 *
 * @param run the title for readers: a run's folder, an adapter's name, or a predictions file
 * @param model the model with its adapter, on another engine if one computed, or the file of the answers
 * @param data the data set, its part and the number of questions
 * @param date the date in UTC
 */
public record TitleBlock(String run, String model, String data, String date) {
    private static final String UNKNOWN = "unknown";

    /** Creates a title; empty parts are unknown. */
    public TitleBlock {
        model = model.isBlank() ? UNKNOWN : model;
        data = data.isBlank() ? UNKNOWN : data;
        date = date.isBlank() ? UNKNOWN : date;
    }

    /** Returns the title of an evaluation. */
    public static TitleBlock of(Report report) {
        return of(report.provenance(), report.rows().size());
    }

    /** Returns the title of an evaluation of that many questions. */
    public static TitleBlock of(Provenance provenance, int questions) {
        String created = provenance.createdAt();
        return new TitleBlock(
                provenance.title().isEmpty() ? "Evaluation" : provenance.title(),
                model(provenance.model()),
                data(provenance.data(), questions),
                created == null ? "" : date(created));
    }

    /** Returns the model's name with its adapter, and the engine unless it is SqlTune's; for a file of answers its path. */
    public static String model(Map<String, String> facts) {
        String adapter = facts.get("adapter");
        String name = Stream.of("name", "predictions", "answers")
                .map(facts::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        String engine = facts.get("engine");
        return name + (adapter == null ? "" : " with " + adapter) + (engine == null ? "" : " on " + engine);
    }

    private static String data(Map<String, String> facts, int questions) {
        String where = Stream.of("name", "path", "test_file", "gold")
                .map(facts::get)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        String count = questions == 1 ? "1 question" : questions + " questions";
        return where.isEmpty() ? count : where + " (" + count + ")";
    }

    /** Returns an ISO 8601 instant to the minute, for a reader. */
    public static String date(String instant) {
        return instant.length() < 16 ? instant : instant.substring(0, 16).replace('T', ' ') + " UTC";
    }

    /** Returns the labelled parts below the run's name. */
    List<Entry<String, String>> parts() {
        return List.of(Map.entry("Model", model), Map.entry("Data", data), Map.entry("Date", date));
    }

    /** Returns the title as lines of text. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("Run:   " + run));
        parts().forEach(part -> lines.add(String.format("%-7s%s", part.getKey() + ":", part.getValue())));
        return lines;
    }
}
