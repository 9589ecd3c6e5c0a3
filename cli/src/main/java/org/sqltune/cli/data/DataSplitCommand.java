package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.split.PartSizes;
import org.sqltune.workflow.data.SplitRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data split}: a file of rows into parts. */
@Command(
        name = "split",
        description =
                "Divides a JSONL or JSON file of rows into parts: at random, with equal mixtures, or by database.",
        footer = {
            "  sqltune data split --input rows.jsonl --sizes 0.8,0.1,0.1 --output-dir parts",
            "  sqltune data split --input rows.jsonl --sizes 5000,500 --names train,validation --stratify-by hardness",
            "  sqltune data split --input rows.jsonl --group-by db_id"
        })
final class DataSplitCommand extends DataUseCase implements Runnable {
    @Option(names = "--input", paramLabel = "FILE", required = true, description = "JSONL, or one JSON array of rows.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path input;

    @Option(
            names = "--sizes",
            paramLabel = "SIZE",
            split = ",",
            description = "Shares of all rows, or numbers of rows, one a part (default: 0.8,0.1,0.1).")
    private List<String> sizes = List.of("0.8", "0.1", "0.1");

    @Option(
            names = "--names",
            paramLabel = "NAME",
            split = ",",
            description = "The parts' files, without .jsonl (default: train,validation,test).")
    private List<String> names = SplitRows.Request.DEFAULT_NAMES;

    @Option(names = "--stratify-by", paramLabel = "FIELD", description = "Mix alike: a field, hardness or category.")
    private @Nullable String stratifyBy;

    @Option(names = "--group-by", paramLabel = "FIELD", description = "Keep rows with equal values together: db_id.")
    private @Nullable String groupBy;

    @Option(names = "--seed", paramLabel = "N", description = "Decides what goes where (default: ${DEFAULT-VALUE}).")
    private long seed = SplitRows.Request.DEFAULT_SEED;

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "For the files (default: ${DEFAULT-VALUE}).")
    private Path outputDir = SplitRows.Request.DEFAULT_OUTPUT_DIR;

    SplitRows.Request request() {
        return new SplitRows.Request(input, outputDir, PartSizes.of(sizes), names, stratifyBy, groupBy, seed);
    }

    @Override
    public void run() {
        run(request(), new SplitRows()::run).parts().forEach(part -> print(part.file() + ": " + part.rows() + " rows"));
    }
}
