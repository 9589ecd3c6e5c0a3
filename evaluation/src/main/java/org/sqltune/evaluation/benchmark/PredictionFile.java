package org.sqltune.evaluation.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.Answers;
import org.sqltune.evaluation.BenchmarkScorer;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.bird.BirdFiles;
import org.sqltune.evaluation.bird.BirdScorer;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.spider.SpiderEvaluator;
import org.sqltune.evaluation.spider.SpiderFiles;
import org.sqltune.evaluation.spider.SpiderSchemas;
import org.sqltune.evaluation.spider.SpiderScorer;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;
import org.sqltune.evaluation.wikisql.WikiSqlFiles;
import org.sqltune.evaluation.wikisql.WikiSqlScorer;

/**
 * A file of predictions in a benchmark's own form, scored in the same way as a model's answers.
 *
 * @param answers the questions of the gold file with the predictions
 * @param scorer the benchmark's official scores
 * @param databases the databases for SqlTune's own scores; null for none
 */
public record PredictionFile(
        Answers answers, BenchmarkScorer scorer, @Nullable QueryDatabases databases) {

    /**
     * Returns a file for Spider, or data in its form: one query per line.
     *
     * @param gold {@code dev.json}, or a file with lines of {@code SQL<tab>db_id}
     * @param tables {@code tables.json}
     * @param rules the options of the test suite's evaluator
     * @param timeoutSeconds for one query of the official scores
     * @param sqlite runs the queries of the official scores; the caller closes it; null starts processes for them
     * @throws org.sqltune.core.SqlTuneException if a file can't be read, or they don't belong together
     */
    public static PredictionFile spider(
            Path predictions,
            Path gold,
            Path tables,
            DatabaseFolder databases,
            TestSuiteRules rules,
            double timeoutSeconds,
            @Nullable SqliteWorkers sqlite) {
        SpiderSchemas schemas = SpiderSchemas.read(tables);
        return new PredictionFile(
                SpiderFiles.answers(predictions, gold, schemas),
                new SpiderScorer(schemas, new SpiderEvaluator(schemas, databases, rules, timeoutSeconds), sqlite),
                new SqliteDatabases(databases));
    }

    /**
     * Returns a file for BIRD or its mini-dev.
     *
     * @param gold {@code dev.json} or {@code mini_dev.json}
     * @param timeoutSeconds for one query of the official scores
     * @param repetitions how often right queries are timed for R-VES; 0 leaves it out
     * @throws org.sqltune.core.SqlTuneException if a file can't be read, or they don't belong together
     */
    public static PredictionFile bird(
            Path predictions, Path gold, DatabaseFolder databases, double timeoutSeconds, int repetitions) {
        return new PredictionFile(
                BirdFiles.answers(predictions, gold, databases),
                new BirdScorer(databases, timeoutSeconds, repetitions),
                new SqliteDatabases(databases));
    }

    /**
     * Returns a file for WikiSQL: queries as {@code sel}, {@code agg} and {@code conds}.
     *
     * @param gold {@code dev.jsonl} or {@code test.jsonl}
     * @param database the part's SQLite file
     * @param timeoutSeconds for one query
     * @throws org.sqltune.core.SqlTuneException if a file can't be read, or they don't belong together
     */
    public static PredictionFile wikiSql(Path predictions, Path gold, Path database, double timeoutSeconds) {
        WikiSqlFiles files = WikiSqlFiles.read(predictions, gold);
        return new PredictionFile(
                files.answers(), new WikiSqlScorer(files.reading(), id -> Optional.of(database), timeoutSeconds), null);
    }

    /**
     * Scores the predictions.
     *
     * @param own whether to compute SqlTune's own scores as well
     * @throws org.sqltune.core.SqlTuneException if a database of WikiSQL is missing, or this thread is interrupted
     */
    public Evaluation evaluate(boolean own, ProgressListener progress) {
        Evaluator evaluator = own
                ? Evaluator.of(EvaluationSettings.defaults(), databases)
                : new Evaluator(Set.of(), null, QueryLimits.DEFAULTS, DistinctRule.KEPT);
        return evaluator.with(List.of(scorer)).score(answers.examples(), answers.predictions(), progress);
    }
}
