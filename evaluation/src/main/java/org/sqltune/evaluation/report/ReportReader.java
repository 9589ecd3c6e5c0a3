package org.sqltune.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.evaluation.report.ColumnDescriptor.Kind;

/** Reads a report from its rows and provenance; scores are computed again. */
public final class ReportReader {
    private ReportReader() {}

    /**
     * Reads a report.
     *
     * @param file {@code report.json}, or its folder
     * @throws SqlTuneException if the file can't be read, isn't a report, or its questions were changed
     */
    public static Report read(Path file) {
        Path chosen = Files.isDirectory(file) ? file.resolve(ReportFiles.REPORT) : file;
        JsonNode node = parse(chosen);
        if (node.path("format").asInt() != ReportJson.FORMAT
                || !node.path("rows").isArray()) {
            throw new SqlTuneException(chosen + " isn't a report of format " + ReportJson.FORMAT
                    + "; write one with sqltune eval --output-dir");
        }
        try {
            return verified(report(node), node, chosen);
        } catch (IllegalArgumentException e) {
            throw new SqlTuneException(
                    chosen + " has a row that can't be read: " + e.getMessage()
                            + "; write the report again with sqltune eval",
                    e);
        }
    }

    private static JsonNode parse(Path file) {
        try {
            return ReportJson.MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(
                    file + " isn't JSON: " + Failures.reason(e) + "; name a report.json of sqltune eval", e);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the path", e);
        }
    }

    private static Report report(JsonNode node) {
        List<ReportRow> rows = new ArrayList<>();
        node.path("rows").forEach(row -> rows.add(RowJson.row(row)));
        Map<String, Integer> skipped = new LinkedHashMap<>();
        node.path("skipped_databases")
                .properties()
                .forEach(each -> skipped.put(each.getKey(), each.getValue().asInt()));
        Provenance provenance = new Provenance(
                node.path("title").asText(),
                node.path("created_at").isTextual() ? node.path("created_at").asText() : null,
                texts(node.path("versions")),
                texts(node.path("data")),
                texts(node.path("model")),
                texts(node.path("prompt")),
                texts(node.path("decoding")),
                texts(node.path("rules")));
        return new Report(
                provenance,
                Columns.named(node.path("main_score").asText(), Kind.SHARE),
                rows,
                Map.of(),
                Map.of(),
                skipped);
    }

    /** Verifies the hash of the questions, which detects a file that was edited by hand. */
    private static Report verified(Report report, JsonNode node, Path file) {
        String written = node.path("data").path("questions_sha256").asText();
        if (!written.equals(report.questionsHash())) {
            throw new SqlTuneException(file + " was changed after it was written: its questions have the SHA-256 "
                    + report.questionsHash() + ", not " + written + "; run sqltune eval again");
        }
        return report;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }
}
