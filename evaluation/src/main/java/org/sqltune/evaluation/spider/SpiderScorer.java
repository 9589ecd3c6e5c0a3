package org.sqltune.evaluation.spider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.BenchmarkScorer;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.BenchmarkScores.Output;
import org.sqltune.evaluation.RowScores;
import org.sqltune.evaluation.ScoredPrediction;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.spider.SpiderEvaluator.SpiderPair;
import org.sqltune.evaluation.spider.grammar.PythonText;

/**
 * Spider's official scores: exact set match and both execution accuracies, with the gold query's hardness. Also
 * scores CSpider and other data in Spider's form. An answer's lines are joined into one, since the official scripts
 * read one answer per line. Answers on a database that {@code tables.json} lacks have no scores.
 */
public final class SpiderScorer implements BenchmarkScorer {
    /** The official scripts' time limit for one query, in seconds. */
    public static final double OFFICIAL_TIMEOUT_SECONDS = 60;

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\t\\r\\n]+");

    private final SpiderSchemas schemas;
    private final SpiderEvaluator evaluator;
    private final @Nullable SqliteWorkers sqlite;

    /**
     * Creates a scorer that starts worker processes when there are answers to score.
     *
     * @param schemas of the databases
     * @param evaluator runs and compares queries of these databases
     */
    public SpiderScorer(SpiderSchemas schemas, SpiderEvaluator evaluator) {
        this(schemas, evaluator, null);
    }

    /**
     * @param schemas of the databases
     * @param evaluator runs and compares queries of these databases
     * @param sqlite runs the queries; the caller closes it; null starts processes when there are answers to score
     */
    public SpiderScorer(SpiderSchemas schemas, SpiderEvaluator evaluator, @Nullable SqliteWorkers sqlite) {
        this.schemas = schemas;
        this.evaluator = evaluator;
        this.sqlite = sqlite;
    }

    @Override
    public boolean scoresWithoutDatabase() {
        return true;
    }

    @Override
    public BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress) {
        return score(answers, sqlite);
    }

    @Override
    public BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress, SqliteWorkers running) {
        return score(answers, sqlite == null ? running : sqlite);
    }

    private BenchmarkScores score(List<ScoredPrediction> answers, @Nullable SqliteWorkers workers) {
        List<SpiderPair> pairs = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String database = answers.get(i).example().databaseId();
            if (schemas.has(database)) {
                pairs.add(new SpiderPair(
                        i,
                        database,
                        oneLine(answers.get(i).example().sql()),
                        oneLine(answers.get(i).prediction().sql())));
            }
        }
        List<SpiderVerdict> verdicts = workers == null ? evaluator.evaluate(pairs) : evaluator.evaluate(pairs, workers);
        RowScores[] rows = new RowScores[answers.size()];
        Arrays.fill(rows, RowScores.NONE);
        verdicts.forEach(verdict -> rows[verdict.index()] = row(verdict));
        SpiderReport report = new SpiderReport(verdicts);
        return new BenchmarkScores(
                List.of(rows),
                List.of(Columns.EXECUTION_TEST_SUITE, Columns.EXACT_SET_MATCH),
                rules(),
                Map.of(Columns.UNPARSEABLE, (double) report.unparseable()),
                new Output(List.of(report.summary()), report.components(), report.notes(), report.lines()));
    }

    private static String oneLine(String sql) {
        return PythonText.strip(LINE_BREAKS.matcher(sql).replaceAll(" "));
    }

    private static RowScores row(SpiderVerdict verdict) {
        Map<ColumnDescriptor, Boolean> verdicts = new LinkedHashMap<>();
        put(verdicts, Columns.EXACT_SET_MATCH, SpiderReport.exact(verdict));
        put(verdicts, Columns.EXECUTION_ORIGINAL, verdict.originalExecution());
        put(verdicts, Columns.EXECUTION_TEST_SUITE, verdict.testSuiteExecution());
        QueryHardness hardness = verdict.hardness();
        Map<ColumnDescriptor, String> labels = hardness == null ? Map.of() : Map.of(Columns.HARDNESS, hardness.label());
        return new RowScores(labels, verdicts, Map.of(), verdict.unparseable(), "");
    }

    private static void put(
            Map<ColumnDescriptor, Boolean> verdicts, ColumnDescriptor score, @Nullable Boolean verdict) {
        if (verdict != null) {
            verdicts.put(score, verdict);
        }
    }

    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(Columns.EXACT_SET_MATCH.name(), "Spider's exact set match, values ignored");
        rules.put(Columns.EXECUTION_ORIGINAL.name(), "execution as in taoyds/spider");
        rules.put(
                Columns.EXECUTION_TEST_SUITE.name(),
                "execution as in test-suite-sql-eval, on every database of the folder");
        rules.put("parse", "an answer that Spider's grammar can't read counts as empty");
        return rules;
    }
}
