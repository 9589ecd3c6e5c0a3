package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.example.Example;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.split.Splits;
import org.sqltune.postgres.ConversionFiles;
import org.sqltune.postgres.ConversionParts;
import org.sqltune.postgres.ConversionResult;
import org.sqltune.postgres.PostgresConversion;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.PostgresServers;
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data convert}: questions with SQL for SQLite to questions with SQL for PostgreSQL. */
@Command(
        name = "convert",
        description =
                "Converts schemas and SQL from SQLite to PostgreSQL, copies the data there and keeps the queries that"
                        + " return the same rows.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune data convert --to postgres --config configs/spider/nano_lora.yaml --jdbc-url"
                    + " 'jdbc:postgresql://localhost/postgres?user=me&password=secret'",
            "  sqltune data convert --to postgres --input rows.jsonl --databases databases --output-dir converted"
        })
final class DataConvertCommand implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DataConvertCommand.class);

    private final Console console;
    private final RunDataReader reader;

    /** What SQL can be converted to. */
    enum Target {
        /** PostgreSQL. */
        POSTGRES
    }

    @Option(names = "--to", paramLabel = "postgres", required = true, description = "The SQL to convert to.")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets it; one target so far
    private Target target;

    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(names = "--input", paramLabel = "FILE", description = "JSONL of db_id, question, schema, sql to convert.")
    private @Nullable Path input;

    @Option(
            names = "--databases",
            paramLabel = "FOLDER",
            description = "SQLite files of the input, as DB_ID/DB_ID.sqlite.")
    private @Nullable Path databases;

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where the files go (default: ${DEFAULT-VALUE}).",
            defaultValue = "data/postgres")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path outputDir;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description = "The PostgreSQL to copy the data to, into schemas that are dropped again; its user must be"
                    + " allowed to make schemas and roles (default: an embedded one, if the jar was built with it).")
    private @Nullable String jdbcUrl;

    @Option(
            names = "--reader-url",
            paramLabel = "URL",
            description = "The same database as a user who may only read, for queries to run as, where the one of"
                    + " --jdbc-url may not make roles.")
    private @Nullable String readerUrl;

    @Option(names = "--max-samples", paramLabel = "N", description = "Convert at most N examples of each part.")
    private @Nullable Integer maxSamples;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Time for one query on either side (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = 20;

    DataConvertCommand(Console console, RunDataReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override
    public void run() {
        RunConfig config = common.load(
                new RunConfigLoader(), common.namesData() ? ConfigSource.defaults() : ConfigSource.demo(), List.of());
        Map<String, List<Example>> parts =
                input == null ? configured(config) : Map.of(name(input), OwnFilesSource.read(input));
        DatabaseFolder folder = databases == null ? configuredDatabases(config) : new DatabaseFolder(databases);
        QueryLimits limits = QueryLimits.DEFAULTS.with(timeoutSeconds, QueryLimits.DEFAULTS.maxRows());
        try (PostgresServer server = PostgresServers.open(jdbcUrl, readerUrl)) {
            PostgresConversion conversion = new PostgresConversion(folder, server, limits);
            parts.forEach((name, examples) ->
                    convert(name, limited(examples, folder, config.training().seed()), conversion));
        }
    }

    private Map<String, List<Example>> configured(RunConfig config) {
        Splits<Example> questions = reader.read(config).questions();
        if (questions == null) {
            throw new SqlTuneException("The configuration's data are prompts and completions: to convert, use rows of"
                    + " db_id, question, schema and sql");
        }
        questions.notes().forEach(log::info);
        return ConversionParts.of(questions);
    }

    private DatabaseFolder configuredDatabases(RunConfig config) {
        DatabaseFolder configured = input == null ? reader.databases(config.data()) : null;
        if (configured == null) {
            throw new SqlTuneException("No databases to prove queries with: name their folder with --databases");
        }
        return configured;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    private List<Example> limited(List<Example> examples, DatabaseFolder folder, long seed) {
        return maxSamples == null ? examples : ConversionParts.sample(examples, folder, maxSamples, seed);
    }

    private void convert(String name, List<Example> examples, PostgresConversion conversion) {
        ConversionResult result;
        try (TaskProgress progress = new TaskProgress("Converting " + name, console, TaskProgress.Unit.PIECES)) {
            result = conversion.convert(examples, progress);
        }
        console.out().println(Tables.draw(List.of(name, "Queries", "Share"), rows(result)));
        new ConversionFiles(outputDir)
                .write(name, result)
                .forEach(file -> console.out().println(file));
    }

    private static List<List<String>> rows(ConversionResult result) {
        int all = result.examples().size();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("proved", result.proved().count(), all));
        rows.add(row("  by SQLite's free choice", result.provedByFreeChoice(), all));
        result.reasons().forEach((reason, count) -> rows.add(row(reason.label(), count, all)));
        rows.add(row("all", all, all));
        return rows;
    }

    private static List<String> row(String name, long count, int all) {
        return List.of(
                name,
                String.format(Locale.ROOT, "%,d", count),
                String.format(Locale.ROOT, "%.1f %%", all == 0 ? 0 : 100.0 * count / all));
    }
}
