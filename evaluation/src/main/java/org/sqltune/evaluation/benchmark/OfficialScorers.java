package org.sqltune.evaluation.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.source.BenchmarkFiles;
import org.sqltune.data.source.BenchmarkFiles.Bird;
import org.sqltune.data.source.BenchmarkFiles.Spider;
import org.sqltune.data.source.BenchmarkFiles.WikiSql;
import org.sqltune.data.wikisql.WikiSqlTables;
import org.sqltune.evaluation.BenchmarkScorer;
import org.sqltune.evaluation.bird.BirdScorer;
import org.sqltune.evaluation.spider.SpiderEvaluator;
import org.sqltune.evaluation.spider.SpiderSchemas;
import org.sqltune.evaluation.spider.SpiderScorer;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;
import org.sqltune.evaluation.wikisql.QueryReading;
import org.sqltune.evaluation.wikisql.WikiSqlScorer;

/** Chooses the official scorers of a benchmark data set, with the official scripts' time limits. */
public final class OfficialScorers {
    private OfficialScorers() {}

    /**
     * Returns the official scorers of a data set.
     *
     * @param files the benchmark's files; null if the data set has no official scores
     * @param databases replaces the benchmark's own databases; null to use those
     * @param vesRuns how often BIRD's R-VES times a right query; officially 100; 0 leaves R-VES out
     * @return empty if there are no official scores, or if they need databases and there are none
     * @throws org.sqltune.core.SqlTuneException if a file can't be read
     */
    public static List<BenchmarkScorer> of(
            @Nullable BenchmarkFiles files, @Nullable DatabaseFolder databases, int vesRuns) {
        if (files instanceof Spider spider) {
            return List.of(spider(spider, databases == null ? spider.folder() : databases));
        }
        if (files instanceof Bird bird) {
            DatabaseFolder chosen = databases == null ? bird.folder() : databases;
            return chosen == null
                    ? List.of()
                    : List.of(new BirdScorer(chosen, BirdScorer.OFFICIAL_TIMEOUT_SECONDS, vesRuns));
        }
        return files instanceof WikiSql wikiSql ? List.of(wikiSql(wikiSql.folder())) : List.of();
    }

    private static BenchmarkScorer spider(Spider files, DatabaseFolder databases) {
        SpiderSchemas schemas = SpiderSchemas.read(files.tables());
        return new SpiderScorer(
                schemas,
                new SpiderEvaluator(
                        schemas, databases, TestSuiteRules.DEFAULTS, SpiderScorer.OFFICIAL_TIMEOUT_SECONDS));
    }

    private static BenchmarkScorer wikiSql(Path folder) {
        return new WikiSqlScorer(
                new QueryReading.FromSql(WikiSqlTables.read(folder, RowFaults.STRICT)),
                id -> database(folder, id),
                WikiSqlScorer.TIMEOUT_SECONDS);
    }

    /** Finds the SQLite file by the question's id, which begins with its part, such as {@code dev-17}. */
    private static Optional<Path> database(Path folder, String id) {
        int end = id.lastIndexOf('-');
        Path file = folder.resolve((end < 0 ? id : id.substring(0, end)) + ".db");
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
