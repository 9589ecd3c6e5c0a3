package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;

/**
 * Turns an evaluation into one report: for each answer the scores of every scorer, and its errors. The benchmark's
 * main score decides whether a row is right; SqlTune's decides if no benchmark has decided any row.
 */
final class EvaluationReporter {
    private final Evaluation evaluation;
    private final List<BenchmarkScores> scorers;
    private final ColumnDescriptor mainScore;

    EvaluationReporter(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.scorers = Stream.concat(Stream.of(evaluation.own()), evaluation.official().stream())
                .toList();
        this.mainScore = Stream.concat(evaluation.official().stream(), Stream.of(evaluation.own()))
                .flatMap(each -> each.mainScore().stream())
                .findFirst()
                .orElse(Columns.EXACT_MATCH);
    }

    Report report(Provenance provenance) {
        Map<String, String> rules = new LinkedHashMap<>();
        Map<ColumnDescriptor, Double> totals =
                new LinkedHashMap<>(evaluation.own().facts());
        Map<ColumnDescriptor, Double> facts = facts();
        for (BenchmarkScores each : scorers) {
            rules.putAll(each.rules());
        }
        long cut = evaluation.predictions().stream()
                .filter(each -> each.prediction().cut())
                .count();
        if (cut > 0) {
            facts.put(Columns.CUT_ANSWERS, (double) cut);
        }
        evaluation.official().forEach(each -> facts.putAll(each.facts()));
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 0; i < evaluation.predictions().size(); i++) {
            rows.add(row(i));
        }
        return new Report(
                provenance.withRules(rules),
                mainScore,
                rows,
                totals,
                facts,
                evaluation.report().skippedDatabases());
    }

    private Map<ColumnDescriptor, Double> facts() {
        EvaluationReport scores = evaluation.report();
        Map<ColumnDescriptor, Double> facts = new LinkedHashMap<>();
        facts.put(ColumnDescriptor.total("skipped_examples", "examples"), (double) scores.skipped());
        facts.put(ColumnDescriptor.total("not_executed", "examples"), (double) scores.notExecuted());
        facts.put(ColumnDescriptor.total("gold_failures", "examples"), (double)
                scores.goldFailures().size());
        facts.put(ColumnDescriptor.total("total_generated_tokens", "tokens"), (double) scores.generatedTokens());
        facts.put(ColumnDescriptor.total("prediction_seconds", "s"), scores.predictionSeconds());
        facts.put(ColumnDescriptor.total("scoring_seconds", "s"), scores.scoringSeconds());
        return facts;
    }

    private ReportRow row(int place) {
        ScoredPrediction scored = evaluation.predictions().get(place);
        List<RowScores> rows =
                scorers.stream().map(each -> each.rows().get(place)).toList();
        Map<ColumnDescriptor, String> labels = new LinkedHashMap<>();
        Map<ColumnDescriptor, Boolean> verdicts = new LinkedHashMap<>();
        Map<ColumnDescriptor, Double> measures = new LinkedHashMap<>();
        for (RowScores each : rows) {
            labels.putAll(each.labels());
            verdicts.putAll(each.verdicts());
            measures.putAll(each.measures());
        }
        if (labels.containsKey(Columns.DIFFICULTY)) {
            // BIRD's difficulty is also the question's complexity: one table is enough.
            labels.remove(Columns.COMPLEXITY);
        }
        return new ReportRow(
                scored.example().id(),
                scored.example().databaseId(),
                scored.example().question(),
                scored.example().sql(),
                scored.prediction().sql(),
                labels,
                verdicts,
                measures,
                List.copyOf(
                        AnswerErrors.of(scored, right(verdicts), rows.stream().anyMatch(RowScores::unreadable))),
                error(scored, rows),
                scored.goldResult(),
                scored.predictedResult());
    }

    /** Returns the main score's verdict, else that of SqlTune's score; null if neither is decided. */
    private @Nullable Boolean right(Map<ColumnDescriptor, Boolean> verdicts) {
        return Stream.of(mainScore, Columns.EXECUTION_ACCURACY, Columns.EXACT_MATCH)
                .filter(verdicts::containsKey)
                .map(verdicts::get)
                .findFirst()
                .orElse(null);
    }

    /** Prefers SqlTune's own message, which quotes the database. */
    private static String error(ScoredPrediction scored, List<RowScores> rows) {
        return Stream.concat(Stream.of(scored.error()), rows.stream().map(RowScores::error))
                .filter(error -> !error.isEmpty())
                .findFirst()
                .orElse("");
    }
}
