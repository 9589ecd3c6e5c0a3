package org.sqltune.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.sqltune.core.config.EvaluationSettings.Metric;
import org.sqltune.evaluation.metric.Score;

/** Predictions and reports as JSON, names in snake_case. A value that wasn't computed is null. */
final class EvaluationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String EXECUTION_RULES =
            "bag of rows, list of rows if the gold query is ordered at its top level; columns in any order;"
                    + " numbers within 1e-6; one database; DISTINCT ";
    private static final String EXACT_MATCH_RULES =
            "same text after normalising case, spacing, quotes of literals, AS and table aliases";

    private EvaluationJson() {}

    /** One object a line. */
    static void writePredictions(List<ScoredPrediction> predictions, OutputStream out) throws IOException {
        ObjectWriter writer = MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        for (ScoredPrediction prediction : predictions) {
            writer.writeValue(out, node(prediction));
            out.write('\n');
        }
    }

    /** One object, indented. */
    static void writeReport(EvaluationReport report, OutputStream out) throws IOException {
        MAPPER.writerWithDefaultPrettyPrinter()
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValue(out, node(report));
        out.write('\n');
    }

    private static ObjectNode node(ScoredPrediction each) {
        return MAPPER.createObjectNode()
                .put("id", each.example().id())
                .put("db_id", each.example().databaseId())
                .put("question", each.example().question())
                .put("gold", each.example().sql())
                .put("prediction", each.prediction().sql())
                .put("exact_match", each.exactMatch())
                .put("execution_match", each.executionMatch())
                .put("category", lowerCase(each.category()))
                .put("error", each.error().isEmpty() ? null : each.error())
                .put("seconds", each.prediction().seconds())
                .put("generated_tokens", each.prediction().generatedTokens());
    }

    private static ObjectNode node(EvaluationReport report) {
        ObjectNode node = MAPPER.createObjectNode();
        putScores(node, report.overall());
        putRules(node, report);
        node.put("skipped_examples", report.skipped());
        node.set("skipped_databases", counts(report.skippedDatabases()));
        node.put("not_executed", report.notExecuted());
        node.set("failures", counts(report.failures()));
        node.set("gold_failures", goldFailures(report.goldFailures()));
        node.set("by_category", groups(report.byCategory()));
        node.set("by_database", groups(report.byDatabase()));
        node.put("generated_tokens", report.generatedTokens());
        node.put("prediction_seconds", report.predictionSeconds());
        node.put("scoring_seconds", report.scoringSeconds());
        return node;
    }

    private static void putRules(ObjectNode node, EvaluationReport report) {
        ObjectNode rules = node.putObject("rules");
        if (report.metrics().contains(Metric.EXACT_MATCH)) {
            rules.put("exact_match", EXACT_MATCH_RULES);
        }
        if (report.metrics().contains(Metric.EXECUTION_ACCURACY)) {
            rules.put("execution_accuracy", EXECUTION_RULES + lowerCase(report.distinct()));
        }
    }

    private static void putScores(ObjectNode node, GroupScore group) {
        node.put("examples", group.examples());
        node.set("exact_match", score(group.exactMatch()));
        node.set("execution_accuracy", score(group.execution()));
    }

    private static ObjectNode score(Score score) {
        OptionalDouble accuracy = score.accuracy();
        return MAPPER.createObjectNode()
                .put("accuracy", accuracy.isPresent() ? (Double) accuracy.getAsDouble() : null)
                .put("correct", score.correct())
                .put("total", score.total());
    }

    private static ObjectNode groups(List<GroupScore> groups) {
        ObjectNode node = MAPPER.createObjectNode();
        groups.forEach(group -> putScores(node.putObject(group.name()), group));
        return node;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode counts(Map<String, Integer> counts) {
        ObjectNode node = MAPPER.createObjectNode();
        counts.forEach(node::put);
        return node;
    }

    private static ArrayNode goldFailures(List<GoldFailure> failures) {
        ArrayNode node = MAPPER.createArrayNode();
        for (GoldFailure failure : failures) {
            node.addObject()
                    .put("id", failure.id())
                    .put("db_id", failure.databaseId())
                    .put("error", failure.error());
        }
        return node;
    }
}
