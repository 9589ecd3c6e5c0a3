package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.synthesis.HardnessMix;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.data.SynthesizeQuestions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data synthesize}: questions with SQL for a database that nobody has asked yet. */
@Command(
        name = "synthesize",
        description = "Makes questions with SQL for a database, every query run on it, as JSONL that train takes.",
        footer = {
            "  sqltune data synthesize --db my.sqlite --count 5000 --output synthetic.jsonl",
            "  sqltune data synthesize --db finance --hardness easy=1,medium=2,hard=1,extra=1 --output finance.jsonl",
            "  sqltune train data.train_file=synthetic.jsonl data.validation_split=0.05 data.database=my.sqlite"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class DataSynthesizeCommand extends DataUseCase implements Runnable {
    @Option(names = "--db", paramLabel = "DATABASE", required = true, description = "SQLite file, or a demo database.")
    private String database;

    @Option(names = "--count", paramLabel = "N", description = "Pairs wanted (default: ${DEFAULT-VALUE}).")
    private int count = SynthesizeQuestions.Request.DEFAULT_COUNT;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where the rows go.")
    private Path output;

    @Option(
            names = "--hardness",
            paramLabel = "GRADE=WEIGHT",
            description = "How many of each grade, such as easy=1,medium=2,hard=1,extra=1; spider for Spider's own mix"
                    + " (default: whatever comes of equally many of each kind of query).")
    private @Nullable String hardness;

    @Option(
            names = "--schema-format",
            paramLabel = "table|create_table|compact",
            description = "How rows write the schema (default: table).")
    private SchemaFormat schemaFormat = SynthesizeQuestions.Request.DEFAULT_SCHEMA_FORMAT;

    @Option(names = "--exclude", paramLabel = "FILE", description = "Questions that must not be made, of any row file.")
    private @Nullable Path exclude;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed = SynthesizeQuestions.Request.DEFAULT_SEED;

    SynthesizeQuestions.Request request() {
        HardnessMix mix = hardness == null ? null : HardnessMix.of(hardness);
        return new SynthesizeQuestions.Request(database, output, count, mix, schemaFormat, exclude, seed);
    }

    @Override
    public void run() {
        SynthesizeQuestions.Result result = run(request(), new SynthesizeQuestions(workspace())::run);
        print(new Summary(List.of(result.table(count)), List.of()));
        print(result.file());
        printError(result.next());
    }
}
