package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.evaluation.metric.ExecutionOutcome.PredictionFailed;
import org.sqltune.evaluation.outline.OutlineParser;
import org.sqltune.evaluation.outline.QueryComponent;
import org.sqltune.evaluation.outline.SqlOutline;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.evaluation.report.ScoreNames;
import org.sqltune.evaluation.text.Bleu;
import org.sqltune.evaluation.text.RougeL;

/** Makes an evaluation a report: adds what queries consist of, what is wrong with them, and the names of scores. */
final class EvaluationReporter {
    private static final String EXECUTION_RULES =
            "bag of rows, list of rows if the gold query is ordered at its top level; columns in any order;"
                    + " numbers within 1e-6; one database; DISTINCT ";
    private static final String EXACT_MATCH_RULES =
            "same text after normalising case, spacing, quotes of literals, AS and table aliases";

    private final Evaluation evaluation;

    EvaluationReporter(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    Report report(Provenance provenance) {
        EvaluationReport scores = evaluation.report();
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("skipped_examples", (double) scores.skipped());
        facts.put("not_executed", (double) scores.notExecuted());
        facts.put("gold_failures", (double) scores.goldFailures().size());
        facts.put("total_generated_tokens", (double) scores.generatedTokens());
        facts.put("prediction_seconds", scores.predictionSeconds());
        facts.put("scoring_seconds", scores.scoringSeconds());
        boolean executed = scores.overall().execution().total() > 0;
        return new Report(
                provenance.withRules(rules()),
                executed ? ScoreNames.EXECUTION_ACCURACY : ScoreNames.EXACT_MATCH,
                evaluation.predictions().stream().map(this::row).toList(),
                corpusScores(),
                facts,
                scores.skippedDatabases());
    }

    private Map<String, Double> corpusScores() {
        if (!asked(Metric.BLEU)) {
            return Map.of();
        }
        List<String> gold = new ArrayList<>();
        List<String> predicted = new ArrayList<>();
        evaluation.predictions().forEach(each -> {
            gold.add(each.example().sql());
            predicted.add(each.prediction().sql());
        });
        return Map.of(Bleu.NAME, Bleu.corpus(predicted, gold));
    }

    private ReportRow row(ScoredPrediction scored) {
        Schema schema = scored.example().schema() instanceof Schema known ? known : null;
        SqlOutline gold = OutlineParser.parse(scored.example().sql(), schema);
        SqlOutline predicted = OutlineParser.parse(scored.prediction().sql(), schema);
        return new ReportRow(
                scored.example().id(),
                scored.example().databaseId(),
                scored.example().question(),
                scored.example().sql(),
                scored.prediction().sql(),
                labels(scored),
                verdicts(scored, gold, predicted),
                measures(scored),
                List.copyOf(WhatIsWrong.with(scored, gold, predicted)),
                scored.error(),
                scored.goldResult(),
                scored.predictedResult());
    }

    private static Map<String, String> labels(ScoredPrediction scored) {
        Map<String, String> labels = new LinkedHashMap<>();
        String difficulty = scored.example().context().complexity();
        if (!difficulty.isEmpty()) {
            labels.put("complexity", difficulty);
        }
        labels.put("category", scored.category().name().toLowerCase(Locale.ROOT));
        if (!scored.example().databaseId().isEmpty()) {
            labels.put("database", scored.example().databaseId());
        }
        return labels;
    }

    private static Map<String, Boolean> verdicts(ScoredPrediction scored, SqlOutline gold, SqlOutline predicted) {
        Map<String, Boolean> verdicts = new LinkedHashMap<>();
        put(verdicts, ScoreNames.EXECUTION_ACCURACY, scored.executionMatch());
        put(verdicts, ScoreNames.EXACT_MATCH, scored.exactMatch());
        if (scored.executionMatch() != null) {
            Kind failure = scored.execution() instanceof PredictionFailed failed ? failed.kind() : null;
            verdicts.put(ScoreNames.VALID_SQL, failure == null || failure == Kind.TIMEOUT || failure == Kind.TOO_LARGE);
            verdicts.put(
                    ScoreNames.SCHEMA_HALLUCINATION, failure == Kind.NO_SUCH_TABLE || failure == Kind.NO_SUCH_COLUMN);
        }
        for (QueryComponent component : QueryComponent.values()) {
            if (gold.has(component) || predicted.has(component)) {
                boolean same = gold.component(component).equals(predicted.component(component));
                verdicts.put(ScoreNames.COMPONENT + component.label(), same);
            }
        }
        return verdicts;
    }

    private static void put(Map<String, Boolean> verdicts, String name, @Nullable Boolean verdict) {
        if (verdict != null) {
            verdicts.put(name, verdict);
        }
    }

    private Map<String, Double> measures(ScoredPrediction scored) {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(ScoreNames.SECONDS, scored.prediction().seconds());
        measures.put(ScoreNames.TOKENS, (double) scored.prediction().generatedTokens());
        if (asked(Metric.ROUGE_L)) {
            measures.put(
                    RougeL.NAME,
                    RougeL.f1(scored.example().sql(), scored.prediction().sql()));
        }
        return measures;
    }

    private Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        if (asked(Metric.EXACT_MATCH)) {
            rules.put(ScoreNames.EXACT_MATCH, EXACT_MATCH_RULES);
        }
        if (asked(Metric.EXECUTION_ACCURACY)) {
            String distinct = evaluation.report().distinct().name().toLowerCase(Locale.ROOT);
            rules.put(ScoreNames.EXECUTION_ACCURACY, EXECUTION_RULES + distinct);
            rules.put(ScoreNames.VALID_SQL, "the database runs it, if only up to a limit of time or size");
            rules.put(ScoreNames.SCHEMA_HALLUCINATION, "the database says that there is no such table or column");
        }
        rules.put("components", "same clause after resolving aliases, where either query has it; values count");
        if (asked(Metric.BLEU)) {
            rules.put(Bleu.NAME, Bleu.SIGNATURE);
        }
        if (asked(Metric.ROUGE_L)) {
            rules.put(RougeL.NAME, RougeL.RULE);
        }
        return rules;
    }

    private boolean asked(Metric metric) {
        return evaluation.report().metrics().contains(metric);
    }
}
