package org.sqltune.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.evaluation.BenchmarkScores.Output;
import org.sqltune.evaluation.metric.Calibration;
import org.sqltune.evaluation.metric.Calibration.Claim;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.ExecutionOutcome.PredictionFailed;
import org.sqltune.evaluation.outline.OutlineParser;
import org.sqltune.evaluation.outline.SqlOutline;
import org.sqltune.evaluation.outline.SqlOutline.QueryComponent;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.text.Bleu;
import org.sqltune.evaluation.text.RougeL;

/**
 * SqlTune's own scores, which apply to every data set. They come from execution results and from the text of answers.
 */
final class OwnScorer implements BenchmarkScorer {
    private static final String EXECUTION_RULES =
            "bag of rows, list of rows if the gold query is ordered at its top level; columns in any order;"
                    + " numbers within 1e-6; one database; DISTINCT ";
    private static final String EXACT_MATCH_RULES =
            "same text after normalising case, spacing, quotes of literals, AS and table aliases";

    private final Set<Metric> metrics;
    private final DistinctRule distinct;

    OwnScorer(Set<Metric> metrics, DistinctRule distinct) {
        this.metrics = metrics;
        this.distinct = distinct;
    }

    @Override
    public BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress) {
        List<RowScores> rows = answers.stream().map(this::row).toList();
        return new BenchmarkScores(
                rows, List.of(Columns.EXECUTION_ACCURACY, Columns.EXACT_MATCH), rules(), totals(answers), Output.NONE);
    }

    private Map<ColumnDescriptor, Double> totals(List<ScoredPrediction> answers) {
        Map<ColumnDescriptor, Double> totals = new LinkedHashMap<>(bleu(answers));
        List<Claim> claims = answers.stream()
                .filter(each ->
                        each.executionMatch() != null && each.prediction().confidence() != null)
                .map(each -> new Claim(
                        Objects.requireNonNull(each.prediction().confidence()),
                        Objects.requireNonNull(each.executionMatch())))
                .toList();
        if (!claims.isEmpty()) {
            totals.put(Columns.CALIBRATION_ERROR, Calibration.of(claims).expectedError());
        }
        return totals;
    }

    private Map<ColumnDescriptor, Double> bleu(List<ScoredPrediction> answers) {
        if (!metrics.contains(Metric.BLEU)) {
            return Map.of();
        }
        List<String> gold = answers.stream().map(each -> each.example().sql()).toList();
        List<String> predicted =
                answers.stream().map(each -> each.prediction().sql()).toList();
        return Map.of(Columns.BLEU, Bleu.corpus(predicted, gold));
    }

    private RowScores row(ScoredPrediction scored) {
        return new RowScores(labels(scored), verdicts(scored), measures(scored), false, scored.error());
    }

    private static Map<ColumnDescriptor, String> labels(ScoredPrediction scored) {
        Map<ColumnDescriptor, String> labels = new LinkedHashMap<>();
        String complexity = scored.example().context().complexity();
        if (!complexity.isEmpty()) {
            labels.put(Columns.COMPLEXITY, complexity);
        }
        if (scored.category() != null) {
            labels.put(Columns.CATEGORY, scored.category().name().toLowerCase(Locale.ROOT));
        }
        if (!scored.example().databaseId().isEmpty()) {
            labels.put(Columns.DATABASE, scored.example().databaseId());
        }
        return labels;
    }

    private Map<ColumnDescriptor, Boolean> verdicts(ScoredPrediction scored) {
        Map<ColumnDescriptor, Boolean> verdicts = new LinkedHashMap<>();
        if (metrics.isEmpty()) {
            return verdicts;
        }
        put(verdicts, Columns.EXECUTION_ACCURACY, scored.executionMatch());
        put(verdicts, Columns.EXACT_MATCH, scored.exactMatch());
        if (scored.executionMatch() != null) {
            Kind failure = scored.execution() instanceof PredictionFailed failed ? failed.kind() : null;
            verdicts.put(Columns.VALID_SQL, failure == null || failure == Kind.TIMEOUT || failure == Kind.TOO_LARGE);
            verdicts.put(Columns.SCHEMA_HALLUCINATION, failure == Kind.NO_SUCH_TABLE || failure == Kind.NO_SUCH_COLUMN);
        }
        Schema schema = scored.example().schema() instanceof Schema known ? known : null;
        SqlOutline gold = OutlineParser.parse(scored.example().sql(), schema);
        SqlOutline predicted = OutlineParser.parse(scored.prediction().sql(), schema);
        for (QueryComponent component : QueryComponent.values()) {
            if (gold.has(component) || predicted.has(component)) {
                boolean same = gold.component(component).equals(predicted.component(component));
                verdicts.put(Columns.component(component.label()), same);
            }
        }
        return verdicts;
    }

    private static void put(
            Map<ColumnDescriptor, Boolean> verdicts, ColumnDescriptor score, @Nullable Boolean verdict) {
        if (verdict != null) {
            verdicts.put(score, verdict);
        }
    }

    private Map<ColumnDescriptor, Double> measures(ScoredPrediction scored) {
        Map<ColumnDescriptor, Double> measures = new LinkedHashMap<>();
        if (scored.prediction().generatedTokens() > 0 || scored.prediction().seconds() > 0) {
            measures.put(Columns.SECONDS, scored.prediction().seconds());
            measures.put(Columns.TOKENS, (double) scored.prediction().generatedTokens());
        }
        Double confidence = scored.prediction().confidence();
        if (confidence != null) {
            measures.put(Columns.CONFIDENCE, confidence);
        }
        AnswerEvidence evidence = scored.prediction().evidence();
        if (evidence != null && evidence.candidates() > 1) {
            measures.put(Columns.AGREED, (double) evidence.agreed());
        }
        if (metrics.contains(Metric.ROUGE_L)) {
            measures.put(
                    Columns.ROUGE_L,
                    RougeL.f1(scored.example().sql(), scored.prediction().sql()));
        }
        return measures;
    }

    private Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        if (metrics.isEmpty()) {
            return rules;
        }
        if (metrics.contains(Metric.EXACT_MATCH)) {
            rules.put(Columns.EXACT_MATCH.name(), EXACT_MATCH_RULES);
        }
        if (metrics.contains(Metric.EXECUTION_ACCURACY)) {
            rules.put(
                    Columns.EXECUTION_ACCURACY.name(),
                    EXECUTION_RULES + distinct.name().toLowerCase(Locale.ROOT));
            rules.put(Columns.VALID_SQL.name(), "the database runs it, if only up to a limit of time or size");
            rules.put(Columns.CALIBRATION_ERROR.name(), Calibration.RULE);
            rules.put(Columns.SCHEMA_HALLUCINATION.name(), "the database says that there is no such table or column");
        }
        rules.put("components", "same clause after resolving aliases, where either query has it; values count");
        if (metrics.contains(Metric.BLEU)) {
            rules.put(Columns.BLEU.name(), Bleu.SIGNATURE);
        }
        if (metrics.contains(Metric.ROUGE_L)) {
            rules.put(Columns.ROUGE_L.name(), RougeL.RULE);
        }
        return rules;
    }
}
