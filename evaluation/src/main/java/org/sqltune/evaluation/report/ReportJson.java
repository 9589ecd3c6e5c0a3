package org.sqltune.evaluation.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.sqltune.evaluation.metric.Calibration;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;

/**
 * Writes reports as JSON with names in snake_case. Within one {@link #FORMAT}, names don't change, but new ones may
 * be added.
 */
public final class ReportJson {
    /** The format version of {@code report.json}. */
    public static final int FORMAT = 1;

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ReportJson() {}

    /** Writes the report with its rows as one indented JSON object. */
    public static void writeReport(Report report, OutputStream out) throws IOException {
        MAPPER.writerWithDefaultPrettyPrinter()
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValue(out, node(report));
        out.write('\n');
    }

    /** Writes every row as one JSON object per line. */
    public static void writeRows(Report report, OutputStream out) throws IOException {
        Set<ColumnDescriptor> scores = report.scores();
        for (ReportRow row : report.rows()) {
            out.write(MAPPER.writeValueAsBytes(RowJson.node(row, scores)));
            out.write('\n');
        }
    }

    private static ObjectNode node(Report report) {
        Provenance provenance = report.provenance();
        ObjectNode node = MAPPER.createObjectNode().put("format", FORMAT);
        node.put("title", provenance.title()).put("created_at", provenance.createdAt());
        node.set("versions", texts(provenance.versions()));
        ObjectNode data = texts(provenance.data());
        data.put("questions", report.rows().size()).put("questions_sha256", report.questionsHash());
        node.set("data", data);
        node.set("model", texts(provenance.model()));
        node.set("prompt", texts(provenance.prompt()));
        node.set("decoding", texts(provenance.decoding()));
        node.set("rules", texts(provenance.rules()));
        node.put("main_score", report.mainScore().name());
        node.set("columns", columns(report));
        putScores(node, report.rows(), report);
        report.corpusScores().forEach((column, value) -> node.put(column.name(), value));
        report.facts().forEach((column, value) -> putNumber(node, column.name(), value));
        ObjectNode skipped = node.putObject("skipped_databases");
        report.skippedDatabases().forEach(skipped::put);
        putCalibration(node, report.calibration());
        node.set("errors", errors(report));
        for (ColumnDescriptor grouping : report.groupings()) {
            ObjectNode groups = node.putObject("by_" + grouping.name());
            report.groups(grouping).forEach((name, rows) -> putScores(groups.putObject(name), rows, report));
        }
        ArrayNode rows = node.putArray("rows");
        Set<ColumnDescriptor> scores = report.scores();
        report.rows().forEach(row -> rows.add(RowJson.node(row, scores)));
        return node;
    }

    /** Describes the columns: labels, scores, numbers per row and totals. */
    private static ArrayNode columns(Report report) {
        ArrayNode columns = MAPPER.createArrayNode();
        Stream.of(report.groupings(), report.columns(), report.facts().keySet())
                .flatMap(Collection::stream)
                .forEach(column -> columns.addObject()
                        .put("name", column.name())
                        .put("kind", column.kind().name().toLowerCase(Locale.ROOT))
                        .put("unit", column.unit())
                        .put("higher_is_better", column.higherIsBetter())
                        .put("title", column.title()));
        return columns;
    }

    private static void putScores(ObjectNode node, List<ReportRow> rows, Report report) {
        node.put("examples", rows.size());
        for (ColumnDescriptor column : report.scores()) {
            node.set(column.name(), score(Report.score(rows, column)));
        }
        for (ColumnDescriptor column : report.measures()) {
            OptionalDouble mean = Report.mean(rows, column);
            node.put(column.name(), mean.isPresent() ? (Double) mean.getAsDouble() : null);
        }
    }

    private static void putCalibration(ObjectNode node, Calibration calibration) {
        if (calibration.answers() == 0) {
            return;
        }
        ArrayNode bins = node.putArray("calibration");
        calibration
                .bins()
                .forEach(bin -> bins.addObject()
                        .put("answers", bin.answers())
                        .put("right", bin.right())
                        .put("mean_confidence", bin.meanConfidence()));
    }

    private static ObjectNode score(Score score) {
        OptionalDouble accuracy = score.accuracy();
        ObjectNode node = MAPPER.createObjectNode()
                .put("accuracy", accuracy.isPresent() ? (Double) accuracy.getAsDouble() : null)
                .put("correct", score.correct())
                .put("total", score.total());
        return node.put("low", score.interval().low())
                .put("high", score.interval().high());
    }

    private static ObjectNode errors(Report report) {
        ObjectNode node = MAPPER.createObjectNode();
        Map<ErrorKind, Integer> main = report.mainErrors();
        report.allErrors()
                .forEach((kind, count) -> node.putObject(kind.label())
                        .put("main", main.getOrDefault(kind, 0))
                        .put("all", count));
        return node;
    }

    private static void putNumber(ObjectNode node, String name, double value) {
        if (value == Math.rint(value)) {
            node.put(name, (long) value);
        } else {
            node.put(name, value);
        }
    }

    private static ObjectNode texts(Map<String, String> texts) {
        ObjectNode node = MAPPER.createObjectNode();
        texts.forEach(node::put);
        return node;
    }
}
