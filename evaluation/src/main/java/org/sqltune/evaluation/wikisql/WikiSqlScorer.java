package org.sqltune.evaluation.wikisql;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.evaluation.BenchmarkScorer;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.BenchmarkScores.Output;
import org.sqltune.evaluation.RowScores;
import org.sqltune.evaluation.ScoredPrediction;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;

/** WikiSQL's official scores: logical form and, if the database exists, execution. */
public final class WikiSqlScorer implements BenchmarkScorer {
    /** The time limit of one query in seconds; the official script has none. */
    public static final double TIMEOUT_SECONDS = 60;

    private static final int MOST_ROWS = 1_000_000;

    private final QueryReading reading;
    private final Function<String, Optional<Path>> databases;
    private final QueryLimits limits;
    private final int workers;

    /**
     * Creates a scorer that uses all cores.
     *
     * @param reading converts queries to WikiSQL's form
     * @param databases returns WikiSQL's SQLite file, such as {@code dev.db}, for a question's id; empty if it is
     *     missing
     * @param timeoutSeconds time limit of one query
     */
    public WikiSqlScorer(QueryReading reading, Function<String, Optional<Path>> databases, double timeoutSeconds) {
        this(reading, databases, timeoutSeconds, ScoringThreads.perCore());
    }

    /** @param workers how many rows are scored at once; affects only the time */
    WikiSqlScorer(
            QueryReading reading, Function<String, Optional<Path>> databases, double timeoutSeconds, int workers) {
        this.reading = reading;
        this.databases = databases;
        this.limits = QueryLimits.DEFAULTS.with(timeoutSeconds, MOST_ROWS);
        this.workers = workers;
    }

    @Override
    public boolean scoresWithoutDatabase() {
        return true;
    }

    @Override
    public BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress) {
        List<RowScores> rows = new ArrayList<>();
        try (ScoringThreads threads = new ScoringThreads(workers);
                SqliteWorkers sqlite = new SqliteWorkers(workers)) {
            Map<Path, WikiSqlDatabase> open = new ConcurrentHashMap<>();
            threads.forEach(
                    answers,
                    answer -> row(
                            answer,
                            databases
                                    .apply(answer.example().id())
                                    .map(file -> open.computeIfAbsent(
                                            file, path -> new WikiSqlDatabase(sqlite.open(path, limits))))
                                    .orElse(null)),
                    row -> {
                        rows.add(row);
                        progress.advanced(rows.size(), answers.size(), "");
                    });
        }
        long unreadable = rows.stream().filter(RowScores::unreadable).count();
        List<String> notes = unreadable == 0
                ? List.of()
                : List.of(unreadable + " of " + rows.size()
                        + " answers can't be read as a query of WikiSQL's form and are wrong");
        return new BenchmarkScores(
                rows,
                List.of(Columns.EXECUTION_WIKISQL, Columns.LOGICAL_FORM),
                rules(),
                Map.of(Columns.UNPARSEABLE, (double) unreadable),
                new Output(List.of(), List.of(), notes, List.of()));
    }

    private RowScores row(ScoredPrediction answer, @Nullable WikiSqlDatabase database) {
        Optional<WikiSqlQuery> gold = reading.gold(answer);
        Optional<WikiSqlQuery> predicted = reading.answer(answer);
        if (gold.isEmpty()) {
            return new RowScores(Map.of(), Map.of(), Map.of(), predicted.isEmpty(), "the gold query has another form");
        }
        Map<ColumnDescriptor, Boolean> verdicts = new LinkedHashMap<>();
        String error = "";
        if (database != null) {
            String table = answer.example().databaseId();
            Optional<List<@Nullable Object>> wanted = database.run(table, gold.get());
            if (wanted.isPresent()) {
                verdicts.put(
                        Columns.EXECUTION_WIKISQL,
                        predicted.isPresent() && wanted.equals(database.run(table, predicted.get())));
            } else {
                error = "the gold query fails";
            }
        }
        verdicts.put(Columns.LOGICAL_FORM, predicted.isPresent() && LogicalForm.same(gold.get(), predicted.get()));
        return new RowScores(Map.of(), verdicts, Map.of(), predicted.isEmpty(), error);
    }

    private Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(Columns.LOGICAL_FORM.name(), "same column, function and set of conditions, values in lower case");
        rules.put(Columns.EXECUTION_WIKISQL.name(), "equal lists of values, in order, as WikiSQL's official script");
        rules.put("reading", reading.rule());
        return rules;
    }
}
