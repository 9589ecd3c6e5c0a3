package org.sqltune.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code eval} needs to score a file of predictions as Spider's official scripts do. */
final class PredictionFileOptions {
    private static final double OFFICIAL_TIMEOUT_SECONDS = 60;

    @Option(
            names = "--predictions",
            required = true,
            paramLabel = "FILE",
            description = "Predicted SQL, one query a line, to score as Spider's official scripts do.")
    private Path predictions = Path.of("");

    @Option(
            names = "--gold",
            required = true,
            paramLabel = "FILE",
            description = "The gold queries: dev.json, or lines of SQL<tab>db_id.")
    private Path gold = Path.of("");

    @Option(names = "--tables", required = true, paramLabel = "FILE", description = "Spider's tables.json.")
    private Path tables = Path.of("");

    @Option(
            names = "--databases",
            required = true,
            paramLabel = "FOLDER",
            description = "Holds <db_id>/<db_id>.sqlite; what else lies there is the test suite.")
    private Path databases = Path.of("");

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
            description = "For one query (default: 60). What takes longer is wrong.")
    private double timeoutSeconds = OFFICIAL_TIMEOUT_SECONDS;

    Path predictions() {
        return predictions;
    }

    Path gold() {
        return gold;
    }

    Path tables() {
        return tables;
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
        return timeoutSeconds;
    }
}
