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
 * A request to score a file of predictions by a benchmark's official definitions.
 *
 * @param benchmark the benchmark
 * @param predictions for Spider and CSpider one query per line; for others in the official script's form
 * @param gold the gold queries
 * @param tables Spider's tables.json; null for other benchmarks
 * @param databases the folder of databases; for WikiSQL its .db file
 * @param options the official scripts' options
 * @param rows the JSON Lines file for the scores of every row; null for none
 * @param reports the output of the report
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
    /** @throws ConfigException if a parameter is missing or invalid */
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
     * Rejects options about a model, since a file of predictions needs none.
     *
     * @param components whether to show the components of Spider's scores
     * @throws ConfigException if such an option was given
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

    /** The benchmarks with official scores. */
    public enum Benchmark {
        SPIDER,
        CSPIDER,
        BIRD,
        WIKISQL;

        boolean needsTables() {
            return this == SPIDER || this == CSPIDER;
        }

        /** Returns faults for parameters that this benchmark doesn't use. */
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
         * Returns the new names of official scores, by old name. Before reports showed both, they had the names of
         * SqlTune's scores. The old names are accepted for one release.
         */
        Map<String, String> renamedScores() {
            return switch (this) {
                case SPIDER, CSPIDER -> Map.of(Columns.EXACT_MATCH.name(), Columns.EXACT_SET_MATCH.name());
                case BIRD -> Map.of(Columns.EXECUTION_ACCURACY.name(), Columns.EXECUTION_BIRD.name());
                case WIKISQL -> Map.of(Columns.EXECUTION_ACCURACY.name(), Columns.EXECUTION_WIKISQL.name());
            };
        }

        /** Returns the name in {@code data.dataset}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The options of the official scripts.
     *
     * @param timeoutSeconds time limit of one query, in seconds; null for the official limit
     * @param vesRuns BIRD: how often right queries are timed; 0 leaves R-VES out
     * @param keepDistinct test suite: whether DISTINCT stays in the queries
     * @param plugValue test suite: whether to try the gold query's values in the prediction too
     */
    public record Options(@Nullable Double timeoutSeconds, int vesRuns, boolean keepDistinct, boolean plugValue) {
        private static final double OFFICIAL_TIMEOUT_SECONDS = 60;
        private static final double BIRD_TIMEOUT_SECONDS = 30;

        /** The official scripts' defaults, without R-VES. */
        public static final Options OFFICIAL = new Options(null, 0, false, false);

        /** Returns the effective time limit of one query, in seconds. */
        public double timeoutSeconds(Benchmark benchmark) {
            double official = benchmark == Benchmark.BIRD ? BIRD_TIMEOUT_SECONDS : OFFICIAL_TIMEOUT_SECONDS;
            return timeoutSeconds == null ? official : timeoutSeconds;
        }
    }

    /** The official programs look for each question's database, and for the test suite beside it, in a folder. */
    private static void checkDatabases(Benchmark benchmark, Path databases, NamedPaths paths) {
        if (databases.toString().startsWith("jdbc:")) {
            paths.fault(
                    "--databases is a URL: the official scores are those of the benchmark's SQLite files, name their"
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
