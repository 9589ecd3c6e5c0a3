package org.sqltune.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.workflow.LibraryVersions;
import picocli.CommandLine.Option;

/** What {@code eval} needs to score a file of predictions as a benchmark's official scripts do. */
final class PredictionFileOptions {
    private static final double OFFICIAL_TIMEOUT_SECONDS = 60;
    private static final double BIRD_TIMEOUT_SECONDS = 30;

    @Option(
            names = "--predictions",
            required = true,
            paramLabel = "FILE",
            description =
                    "Predictions to score as a benchmark's official scripts do: of spider and cspider, one query a line.")
    private Path predictions = Path.of("");

    @Option(
            names = "--gold",
            required = true,
            paramLabel = "FILE",
            description = "The gold queries: dev.json, or lines of SQL<tab>db_id; of wikisql dev.jsonl.")
    private Path gold = Path.of("");

    @Option(names = "--tables", paramLabel = "FILE", description = "Spider's tables.json (of spider and cspider).")
    private @Nullable Path tables;

    @Option(
            names = "--databases",
            required = true,
            paramLabel = "FOLDER",
            description =
                    "Holds <db_id>/<db_id>.sqlite; what else lies there is the test suite. Of wikisql: its .db file.")
    private Path databases = Path.of("");

    @Option(
            names = "--benchmark",
            paramLabel = "NAME",
            description = "Whose scores: spider (default), cspider, bird or wikisql.")
    private Benchmark benchmark = Benchmark.SPIDER;

    @Option(
            names = "--ves-runs",
            paramLabel = "N",
            description = "BIRD: time right queries N times for R-VES; officially 100 (default: 0, no R-VES).")
    private int vesRuns;

    @Option(names = "--rows", paramLabel = "FILE", description = "Where to write every row's scores, as JSON Lines.")
    private @Nullable Path rows;

    @Option(names = "--components", description = "Print the scores of the ten components too.")
    private boolean components;

    @Option(names = "--keep-distinct", description = "Test suite: leave DISTINCT in the queries.")
    private boolean keepDistinct;

    @Option(names = "--plug-value", description = "Test suite: try the gold query's values in the prediction too.")
    private boolean plugValue;

    @Option(
            names = "--query-timeout",
            paramLabel = "SECONDS",
            description = "For one query (default: 60; of bird 30). What takes longer is wrong.")
    private @Nullable Double timeoutSeconds;

    Path predictions() {
        return predictions;
    }

    Path gold() {
        return gold;
    }

    Path tables() {
        return Objects.requireNonNull(tables, "checked before");
    }

    Path databases() {
        return databases;
    }

    @Nullable
    Path rows() {
        return rows;
    }

    boolean components() {
        return components;
    }

    boolean keepDistinct() {
        return keepDistinct;
    }

    boolean plugValue() {
        return plugValue;
    }

    double timeoutSeconds() {
        double official = benchmark == Benchmark.BIRD ? BIRD_TIMEOUT_SECONDS : OFFICIAL_TIMEOUT_SECONDS;
        return timeoutSeconds == null ? official : timeoutSeconds;
    }

    Benchmark benchmark() {
        return benchmark;
    }

    int vesRuns() {
        return vesRuns;
    }

    /** What a report says of these files. */
    Provenance provenance() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("name", benchmark.name().toLowerCase(Locale.ROOT));
        data.put("gold", gold.toString());
        data.put("gold_sha256", EvaluationProvenance.hashOfFile(gold));
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new Provenance(
                String.valueOf(predictions.getFileName()),
                now,
                LibraryVersions.ofReports(),
                data,
                Map.of(
                        "predictions",
                        predictions.toString(),
                        "predictions_sha256",
                        EvaluationProvenance.hashOfFile(predictions)),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** Finds out what can't be meant. */
    void check() {
        List<String> faults = new ArrayList<>();
        if (!(timeoutSeconds() > 0)) {
            faults.add("--query-timeout is " + timeoutSeconds() + "; it must be above 0");
        }
        if (vesRuns < 0) {
            faults.add("--ves-runs is " + vesRuns + "; it must be 0 or more");
        }
        boolean needsTables = benchmark == Benchmark.SPIDER || benchmark == Benchmark.CSPIDER;
        if (needsTables && tables == null) {
            faults.add("--tables is missing; name Spider's tables.json");
        }
        if (!faults.isEmpty()) {
            throw new ConfigException("the command line", faults);
        }
    }

    /** Whose definitions hold. */
    enum Benchmark {
        SPIDER,
        CSPIDER,
        BIRD,
        WIKISQL;

        /** Whether the benchmark's own programs print tables of scores, which are printed then instead of ours. */
        boolean printsTables() {
            return this == SPIDER || this == CSPIDER;
        }
    }
}
