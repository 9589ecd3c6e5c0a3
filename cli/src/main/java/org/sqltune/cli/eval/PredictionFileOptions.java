package org.sqltune.cli.eval;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.workflow.evaluate.PredictionsRequest;
import org.sqltune.workflow.evaluate.PredictionsRequest.Benchmark;
import org.sqltune.workflow.evaluate.PredictionsRequest.Options;
import org.sqltune.workflow.evaluate.ReportRequest;
import picocli.CommandLine.Option;

/** What {@code eval} needs to score a file of predictions as a benchmark's official scripts do. */
final class PredictionFileOptions {
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
    private int vesRuns = Options.OFFICIAL.vesRuns();

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

    boolean components() {
        return components;
    }

    PredictionsRequest request(ReportRequest reports) {
        return new PredictionsRequest(
                benchmark,
                predictions,
                gold,
                tables,
                databases,
                new Options(timeoutSeconds, vesRuns, keepDistinct, plugValue),
                rows,
                reports);
    }
}
