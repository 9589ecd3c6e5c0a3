package org.sqltune.workflow.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.NamedPaths;

/**
 * A file of predictions to score by a benchmark's own definitions.
 *
 * @param benchmark whose definitions hold
 * @param predictions of Spider and CSpider one query a line; of the others as their scripts read them
 * @param gold the gold queries
 * @param tables Spider's tables.json; null for the other benchmarks
 * @param databases the folder of databases; of WikiSQL its .db file
 * @param options what the official scripts can be told
 * @param rows where every row's scores go as JSON Lines; null for nowhere
 * @param reports where the report goes
 */
public record PredictionsRequest(
        Benchmark benchmark,
        Path predictions,
        Path gold,
        @Nullable Path tables,
        Path databases,
        Options options,
        @Nullable Path rows,
        ReportRequest reports) {
    /** @throws ConfigException if something is missing or can't be meant */
    public PredictionsRequest {
        NamedPaths paths = new NamedPaths()
                .file("--predictions", predictions)
                .file("--gold", gold)
                .file("--tables", tables);
        checkDatabases(benchmark, databases, paths);
        if (!(options.timeoutSeconds(benchmark) > 0)) {
            paths.fault("--query-timeout is " + options.timeoutSeconds(benchmark) + "; it must be above 0");
        }
        if (options.vesRuns() < 0) {
            paths.fault("--ves-runs is " + options.vesRuns() + "; it must be 0 or more");
        }
        if (benchmark.needsTables() && tables == null) {
            paths.fault("--tables is missing; name Spider's tables.json");
        }
        benchmark.unread(options, tables).forEach(paths::fault);
        paths.check();
        reports = reports.renamed(benchmark.renamedScores());
    }

    /**
     * Refuses what says something of a model: a file of predictions is scored without one.
     *
     * @param components whether the components of Spider's scores are to be shown
     * @throws ConfigException if something of it was asked for, which would be ignored
     */
    public PredictionsRequest withoutModel(
            ModelRequest model, @Nullable Path data, @Nullable Path answers, boolean baseline, boolean components) {
        NamedPaths asked = new NamedPaths();
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--config", model.run().config() != null);
        given.put("--adapter-path", model.adapter() != null);
        given.put("--data", data != null);
        given.put("--answers", answers != null);
        given.put("--baseline", baseline);
        model.run().overrides().forEach(key -> given.put(key, true));
        given.forEach((name, isGiven) -> {
            if (isGiven) {
                asked.fault(name + " has no effect on --predictions, which is a file of answers: leave it out");
            }
        });
        if (components && !benchmark.hasTables()) {
            asked.fault("--components is for spider and cspider: leave it out");
        }
        asked.check();
        return this;
    }

    /** Whose definitions hold. */
    public enum Benchmark {
        SPIDER,
        CSPIDER,
        BIRD,
        WIKISQL;

        boolean needsTables() {
            return this == SPIDER || this == CSPIDER;
        }

        /** Faults of what is given and this benchmark has no use for. */
        private List<String> unread(Options options, @Nullable Path tables) {
            List<String> faults = new ArrayList<>();
            String remedy = " for " + key() + ": leave it out";
            if (!needsTables() && tables != null) {
                faults.add("--tables, Spider's tables.json, says nothing" + remedy);
            }
            if (!needsTables() && options.keepDistinct()) {
                faults.add("--keep-distinct, of Spider's test suite, does nothing" + remedy);
            }
            if (!needsTables() && options.plugValue()) {
                faults.add("--plug-value, of Spider's test suite, does nothing" + remedy);
            }
            if (this != BIRD && options.vesRuns() > 0) {
                faults.add("--ves-runs, of BIRD, does nothing" + remedy);
            }
            return faults;
        }

        /** Returns whether the benchmark's own programs print tables of scores. */
        boolean hasTables() {
            return this == SPIDER || this == CSPIDER;
        }

        /**
         * Official scores that had the name of one of ours until reports showed both, with the names they have now.
         * The old names hold for one release.
         */
        Map<String, String> renamedScores() {
            return switch (this) {
                case SPIDER, CSPIDER -> Map.of(Columns.EXACT_MATCH.name(), Columns.EXACT_SET_MATCH.name());
                case BIRD -> Map.of(Columns.EXECUTION_ACCURACY.name(), Columns.EXECUTION_BIRD.name());
                case WIKISQL -> Map.of(Columns.EXECUTION_ACCURACY.name(), Columns.EXECUTION_WIKISQL.name());
            };
        }

        /** As in {@code data.dataset}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What the official scripts can be told.
     *
     * @param timeoutSeconds for one query; null for the official limit
     * @param vesRuns BIRD: how often right queries are timed; 0 for no R-VES
     * @param keepDistinct test suite: leave DISTINCT in the queries
     * @param plugValue test suite: try the gold query's values in the prediction too
     */
    public record Options(@Nullable Double timeoutSeconds, int vesRuns, boolean keepDistinct, boolean plugValue) {
        private static final double OFFICIAL_TIMEOUT_SECONDS = 60;
        private static final double BIRD_TIMEOUT_SECONDS = 30;

        /** As the scripts are run without arguments; no R-VES. */
        public static final Options OFFICIAL = new Options(null, 0, false, false);

        /** Returns the limit that holds for one query, in seconds. */
        public double timeoutSeconds(Benchmark benchmark) {
            double official = benchmark == Benchmark.BIRD ? BIRD_TIMEOUT_SECONDS : OFFICIAL_TIMEOUT_SECONDS;
            return timeoutSeconds == null ? official : timeoutSeconds;
        }
    }

    /** The official programs look for each question's database, and for the test suite beside it, in a folder. */
    private static void checkDatabases(Benchmark benchmark, Path databases, NamedPaths paths) {
        if (databases.toString().startsWith("jdbc:")) {
            paths.fault("--databases is a URL: the official scores are those of the benchmark's SQLite files, name their"
                    + " folder; eval --answers FILE --data FILE data.database=URL scores answers on a server");
        } else if (benchmark != Benchmark.WIKISQL && Files.isRegularFile(databases)) {
            paths.fault("--databases " + databases + " is one file, but each question names its database: name the"
                    + " folder that holds <db_id>/<db_id>.sqlite");
        } else {
            paths.exists("--databases", databases);
        }
    }

    double timeoutSeconds() {
        return options.timeoutSeconds(benchmark);
    }
}
