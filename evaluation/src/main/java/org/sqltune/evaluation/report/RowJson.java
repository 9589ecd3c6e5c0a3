package org.sqltune.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.report.ColumnDescriptor.Kind;

/** Converts report rows to JSON and back. */
final class RowJson {
    /**
     * Fixed names of texts and lists; any other boolean is a verdict, any other number a measure, any other text a
     * label.
     */
    private static final Set<String> FIXED = Set.of(
            "id", "db_id", "question", "gold", "prediction", "error", "errors", "gold_result", "predicted_result");

    private RowJson() {}

    /** @param scores the report's scores; undecided ones are written as null */
    static ObjectNode node(ReportRow row, Set<ColumnDescriptor> scores) {
        ObjectNode node = ReportJson.MAPPER
                .createObjectNode()
                .put("id", row.id())
                .put("db_id", row.databaseId())
                .put("question", row.question())
                .put("gold", row.gold())
                .put("prediction", row.prediction());
        row.labels().forEach((column, label) -> {
            if (!column.equals(Columns.DATABASE)) {
                node.put(column.name(), label);
            }
        });
        scores.forEach(score -> node.put(score.name(), row.verdict(score)));
        row.measures().forEach((column, value) -> node.put(column.name(), value));
        ArrayNode errors = node.putArray("errors");
        row.errors().forEach(kind -> errors.add(kind.label()));
        node.put("error", row.error().isEmpty() ? null : row.error());
        putResult(node, "gold_result", row.goldResult());
        putResult(node, "predicted_result", row.predictedResult());
        return node;
    }

    private static void putResult(ObjectNode node, String name, @Nullable ResultExcerpt result) {
        if (result == null) {
            return;
        }
        ObjectNode excerpt = node.putObject(name).put("total_rows", result.totalRows());
        ArrayNode columns = excerpt.putArray("columns");
        result.columns().forEach(columns::add);
        ArrayNode rows = excerpt.putArray("rows");
        for (List<@Nullable String> row : result.rows()) {
            ArrayNode values = rows.addArray();
            row.forEach(values::add);
        }
    }

    static ReportRow row(JsonNode node) {
        Map<ColumnDescriptor, String> labels = new LinkedHashMap<>();
        Map<ColumnDescriptor, Boolean> verdicts = new LinkedHashMap<>();
        Map<ColumnDescriptor, Double> measures = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (FIXED.contains(field.getKey())) {
                return;
            }
            if (value.isBoolean()) {
                verdicts.put(Columns.named(field.getKey(), Kind.SHARE), value.asBoolean());
            } else if (value.isNumber()) {
                measures.put(Columns.named(field.getKey(), Kind.NUMBER), value.asDouble());
            } else if (value.isTextual()) {
                labels.put(Columns.named(field.getKey(), Kind.LABEL), value.asText());
            }
        });
        String database = node.path("db_id").asText();
        if (!database.isEmpty()) {
            labels.put(Columns.DATABASE, database);
        }
        List<ErrorKind> errors = new ArrayList<>();
        node.path("errors")
                .forEach(kind -> errors.add(ErrorKind.valueOf(kind.asText().toUpperCase(Locale.ROOT))));
        return new ReportRow(
                node.path("id").asText(),
                database,
                node.path("question").asText(),
                node.path("gold").asText(),
                node.path("prediction").asText(),
                labels,
                verdicts,
                measures,
                errors,
                node.path("error").asText(""),
                result(node.path("gold_result")),
                result(node.path("predicted_result")));
    }

    private static @Nullable ResultExcerpt result(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        List<String> columns = new ArrayList<>();
        node.path("columns").forEach(column -> columns.add(column.asText()));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : node.path("rows")) {
            List<@Nullable String> values = new ArrayList<>();
            row.forEach(value -> values.add(value.isNull() ? null : value.asText()));
            rows.add(values);
        }
        return new ResultExcerpt(columns, rows, node.path("total_rows").asInt());
    }
}
