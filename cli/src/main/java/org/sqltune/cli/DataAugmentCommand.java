package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.source.ExampleRows;
import org.sqltune.data.split.Splits;
import org.sqltune.synthesis.augmentation.Augmentation;
import org.sqltune.synthesis.augmentation.Augmenter;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data augment}: more pairs of those that are there. */
@Command(
        name = "augment",
        description =
                "Makes more training pairs of those that are there: other values (each query is run), other words,"
                        + " schemas in another order.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune data augment --config configs/spider/nano_lora.yaml --output more.jsonl",
            "  sqltune data augment --input rows.jsonl --databases databases --ways swap,paraphrase --output more.jsonl"
        })
final class DataAugmentCommand implements Runnable {
    private final Console console;
    private final RunDataReader reader;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--input", paramLabel = "FILE", description = "Rows instead of a configuration's training part.")
    private @Nullable Path input;

    @Option(names = "--databases", paramLabel = "FOLDER", description = "SQLite files as DB_ID/DB_ID.sqlite.")
    private @Nullable Path databases;

    @Option(
            names = "--ways",
            paramLabel = "WAY",
            split = ",",
            description = "Any of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Augmentation> ways = EnumSet.allOf(Augmentation.class);

    @Option(names = "--with-originals", description = "Write the pairs that are there, too.")
    private boolean withOriginals;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where the rows go, as JSONL.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    DataAugmentCommand(Console console, RunDataReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override
    public void run() {
        RunConfig config = options.load();
        List<Example> examples = input == null ? configured(config) : PairFile.read(input);
        DatabaseFolder folder = databases != null
                ? new DatabaseFolder(databases)
                : input == null ? reader.databases(config.data()) : null;
        Map<Augmentation, List<Example>> made =
                new Augmenter(ways, folder, QueryLimits.DEFAULTS, seed).augment(examples);
        List<Example> all = new ArrayList<>(withOriginals ? examples : List.of());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("to begin with", Integer.toString(examples.size())));
        for (Augmentation way : Augmentation.values()) {
            List<Example> ofWay = made.getOrDefault(way, List.of());
            all.addAll(ofWay);
            rows.add(List.of("made by " + way.label(), Integer.toString(ofWay.size())));
        }
        SchemaSerializer schemas = new SchemaSerializer(config.data());
        ExampleRows.write(output, all, schemas::serialize);
        console.out().println(Tables.draw(List.of("Pairs", "Number"), rows));
        console.out().println(output);
    }

    private List<Example> configured(RunConfig config) {
        Splits<Example> questions = reader.read(config).questions();
        if (questions == null) {
            throw new SqlTuneException("The configuration's data are prompts and completions: to augment, use rows of"
                    + " question, schema and sql");
        }
        return questions.train();
    }
}
