package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.synthesis.augmentation.Augmenter.Augmentation;
import org.sqltune.workflow.data.AugmentRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data augment}: more pairs of those that exist. */
@Command(
        name = "augment",
        description = "Makes more training pairs of those that exist: other values (each query is run), other words,"
                + " schemas in another order.",
        footer = {
            "  sqltune data augment --config configs/spider/nano_lora.yaml data.path=spider --output more.jsonl",
            "  sqltune data augment --input rows.jsonl --databases databases --ways swap,paraphrase --output more.jsonl"
        })
final class DataAugmentCommand extends DataUseCase implements Runnable {
    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--input", paramLabel = "FILE", description = "Rows instead of a configuration's training part.")
    private @Nullable Path input;

    @Option(names = "--databases", paramLabel = "FOLDER", description = "SQLite files as DB_ID/DB_ID.sqlite.")
    private @Nullable Path databases;

    @Option(names = "--ways", paramLabel = "WAY", split = ",", description = "${COMPLETION-CANDIDATES} (default: all).")
    private Set<Augmentation> ways = EnumSet.allOf(Augmentation.class);

    @Option(names = "--with-originals", description = "Write the pairs that exist, too.")
    private boolean withOriginals;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed = AugmentRows.Request.DEFAULT_SEED;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where the rows go, as JSONL.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    AugmentRows.Request request() {
        return new AugmentRows.Request(options.load(null), input, databases, ways, withOriginals, seed, output);
    }

    @Override
    public void run() {
        AugmentRows.Result result = run(request(), new AugmentRows(workspace())::run);
        print(result.summary());
        print(result.file());
    }
}
