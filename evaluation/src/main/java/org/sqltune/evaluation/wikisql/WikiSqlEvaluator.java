package org.sqltune.evaluation.wikisql;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.outline.ErrorDiagnosis;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.outline.OutlineParser;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.evaluation.report.ScoreNames;

/** Scores predictions for WikiSQL. */
public final class WikiSqlEvaluator {
    private static final String LOGICAL_FORM = "logical_form";

    private final Path database;
    private final QueryLimits limits;
    private final int workers;

    /**
     * An evaluator that uses all cores.
     *
     * @param database WikiSQL's SQLite file, such as {@code dev.db}
     * @param limits what a query may use up
     */
    public WikiSqlEvaluator(Path database, QueryLimits limits) {
        this(database, limits, ScoringThreads.perCore());
    }

    /** @param workers how many rows are scored at once; changes nothing but the time */
    WikiSqlEvaluator(Path database, QueryLimits limits, int workers) {
        this.database = database;
        this.limits = limits;
        this.workers = workers;
    }

    /**
     * The report.
     *
     * @throws org.sqltune.core.sql.SqlExecutionException if the database is missing or none
     */
    public Report evaluate(List<WikiSqlExample> examples, Provenance provenance, ProgressListener progress) {
        List<ReportRow> rows = new ArrayList<>();
        try (ScoringThreads threads = new ScoringThreads(workers);
                SqliteWorkers sqlite = new SqliteWorkers(workers)) {
            WikiSqlTables tables = new WikiSqlTables(sqlite.open(database, limits));
            threads.forEach(examples, example -> row(example, tables), row -> {
                rows.add(row);
                progress.advanced(rows.size(), examples.size(), "");
            });
        }
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(LOGICAL_FORM, "same column, function and set of conditions, values in lower case");
        rules.put(ScoreNames.EXECUTION_ACCURACY, "equal lists of values, in order, as WikiSQL's official script");
        return new Report(
                provenance.withRules(rules), ScoreNames.EXECUTION_ACCURACY, rows, Map.of(), Map.of(), Map.of());
    }

    private static ReportRow row(WikiSqlExample example, WikiSqlTables tables) {
        WikiSqlQuery prediction = example.prediction();
        Optional<List<@Nullable Object>> gold = tables.run(example.tableId(), example.gold());
        Map<String, Boolean> verdicts = new LinkedHashMap<>();
        boolean right =
                gold.isPresent() && prediction != null && gold.equals(tables.run(example.tableId(), prediction));
        if (gold.isPresent()) {
            verdicts.put(ScoreNames.EXECUTION_ACCURACY, right);
        }
        verdicts.put(LOGICAL_FORM, prediction != null && example.gold().sameForm(prediction));
        return new ReportRow(
                String.valueOf(example.index()),
                example.tableId(),
                example.question(),
                example.gold().text(),
                prediction == null ? "" : prediction.text(),
                Map.of(),
                verdicts,
                Map.of(),
                right || gold.isEmpty() ? List.of() : errors(example),
                gold.isEmpty() ? "the gold query fails" : "",
                null,
                null);
    }

    private static List<ErrorKind> errors(WikiSqlExample example) {
        WikiSqlQuery prediction = example.prediction();
        return prediction == null
                ? List.of(ErrorKind.EMPTY)
                : List.copyOf(ErrorDiagnosis.differences(
                        OutlineParser.parse(example.gold().text(), null),
                        OutlineParser.parse(prediction.text(), null)));
    }
}
