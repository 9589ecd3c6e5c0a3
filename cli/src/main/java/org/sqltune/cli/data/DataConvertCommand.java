package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.workflow.data.ConvertToPostgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data convert}: questions with SQL for SQLite to questions with SQL for PostgreSQL. */
@Command(
        name = "convert",
        description = "Converts schemas and SQL from SQLite to PostgreSQL, copies the data there and keeps the queries"
                + " that return the same rows.",
        footer = {
            "  sqltune data convert --to postgres --config configs/spider/nano_lora.yaml data.path=spider --jdbc-url"
                    + " 'jdbc:postgresql://localhost/postgres?user=me&password=secret'",
            "  sqltune data convert --to postgres --input rows.jsonl --databases databases --output-dir converted"
        })
final class DataConvertCommand extends DataUseCase implements Runnable {
    /** What SQL can be converted to. */
    enum Target {
        /** PostgreSQL. */
        POSTGRES
    }

    @Option(names = "--to", paramLabel = "postgres", required = true, description = "The SQL to convert to.")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets it; one target so far
    private Target target;

    @Mixin
    private ConfigFileOptions config = new ConfigFileOptions();

    @Option(names = "--input", paramLabel = "FILE", description = "JSONL of db_id, question, schema, sql to convert.")
    private @Nullable Path input;

    @Option(names = "--databases", paramLabel = "FOLDER", description = "The input's, as DB_ID/DB_ID.sqlite.")
    private @Nullable Path databases;

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "For the files (default: ${DEFAULT-VALUE}).")
    private Path outputDir = ConvertToPostgres.Request.DEFAULT_OUTPUT_DIR;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description = "The PostgreSQL to copy the data to, into schemas that are dropped again; its user must be"
                    + " allowed to make schemas and roles (default: an embedded one, if the jar was built with it).")
    private @Nullable String jdbcUrl;

    @Option(names = "--reader-url", paramLabel = "URL", description = "The same as a user who may only read.")
    private @Nullable String readerUrl;

    @Option(names = "--max-samples", paramLabel = "N", description = "Convert at most N examples of each part.")
    private @Nullable Integer maxSamples;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "For one query (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = ConvertToPostgres.Request.DEFAULT_TIMEOUT_SECONDS;

    ConvertToPostgres.Request request() {
        return new ConvertToPostgres.Request(
                config.load(List.of()), input, databases, outputDir, jdbcUrl, readerUrl, maxSamples, timeoutSeconds);
    }

    @Override
    public void run() {
        for (ConvertToPostgres.Part part :
                run(request(), new ConvertToPostgres(workspace())::run).parts()) {
            print(part.summary());
            part.files().forEach(this::print);
        }
    }
}
