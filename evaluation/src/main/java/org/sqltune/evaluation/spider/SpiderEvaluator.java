package org.sqltune.evaluation.spider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.spider.execution.DatabaseSession;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;

/** Scores predictions for Spider or data in Spider's form, on all cores. */
public final class SpiderEvaluator {
    /** Number of rows that a thread scores together, sharing the database's caches. */
    private static final int ROWS_AT_ONCE = 64;

    private static final int MOST_ROWS = 1_000_000;

    private static final Logger log = LoggerFactory.getLogger(SpiderEvaluator.class);

    private final SpiderSchemas schemas;
    private final DatabaseFolder databases;
    private final TestSuiteRules rules;
    private final QueryLimits limits;

    /**
     * @param schemas the schemas of the databases
     * @param databases the folder of the databases
     * @param rules the options of the test suite's evaluator
     * @param timeoutSeconds time limit of one query; a prediction that takes longer is wrong
     */
    public SpiderEvaluator(
            SpiderSchemas schemas, DatabaseFolder databases, TestSuiteRules rules, double timeoutSeconds) {
        this.schemas = schemas;
        this.databases = databases;
        this.rules = rules;
        this.limits = QueryLimits.DEFAULTS.with(timeoutSeconds, MOST_ROWS);
    }

    /** Like {@link #evaluate(List, SqliteWorkers)}, with as many processes as there are cores. */
    public List<SpiderVerdict> evaluate(List<SpiderPair> pairs) {
        try (SqliteWorkers sqlite = new SqliteWorkers(ScoringThreads.perCore())) {
            return evaluate(pairs, sqlite);
        }
    }

    /**
     * Scores every pair.
     *
     * @param sqlite runs the queries
     * @return one verdict per pair, in order
     * @throws SqlTuneException if {@code tables.json} lacks a database, or the thread is interrupted
     */
    public List<SpiderVerdict> evaluate(List<SpiderPair> pairs, SqliteWorkers sqlite) {
        List<SpiderVerdict> rows = new ArrayList<>();
        try (ScoringThreads threads = new ScoringThreads(ScoringThreads.perCore())) {
            threads.forEach(byDatabase(pairs), part -> score(part, sqlite), rows::addAll);
        }
        rows.sort(Comparator.comparingInt(SpiderVerdict::index));
        return rows;
    }

    private static List<List<SpiderPair>> byDatabase(List<SpiderPair> pairs) {
        Map<String, List<SpiderPair>> groups = new LinkedHashMap<>();
        pairs.forEach(pair -> groups.computeIfAbsent(pair.databaseId(), id -> new ArrayList<>())
                .add(pair));
        List<List<SpiderPair>> parts = new ArrayList<>();
        for (List<SpiderPair> group : groups.values()) {
            for (int start = 0; start < group.size(); start += ROWS_AT_ONCE) {
                parts.add(group.subList(start, Math.min(start + ROWS_AT_ONCE, group.size())));
            }
        }
        return parts;
    }

    private List<SpiderVerdict> score(List<SpiderPair> part, SqliteWorkers sqlite) {
        RowScorer scorer = scorer(part.get(0).databaseId(), sqlite);
        return part.stream().map(scorer::score).toList();
    }

    /** Returns a scorer for a database; it executes nothing if the database is missing or unreadable. */
    private RowScorer scorer(String id, SqliteWorkers sqlite) {
        Optional<Path> file = databases.locate(id);
        if (file.isPresent()) {
            try {
                DatabaseSession session = new DatabaseSession(sqlite, file.get(), limits);
                return new RowScorer(session.schema(), schemas.foreignKeys(id), rules, session);
            } catch (SqlExecutionException e) {
                log.warn("The database {} can't be read: {}", file.get(), e.getMessage());
            }
        }
        return new RowScorer(schemas.schema(id), schemas.foreignKeys(id), rules, null);
    }

    /**
     * A prediction and its gold query.
     *
     * @param index its position in both files, from 0
     * @param databaseId the database
     * @param gold the gold SQL
     * @param prediction the predicted SQL; may be empty
     */
    public record SpiderPair(int index, String databaseId, String gold, String prediction) {}
}
