package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.JdbcUrls;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.split.Splits;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.postgres.ConversionFiles;
import org.sqltune.postgres.ConversionParts;
import org.sqltune.postgres.ConversionResult;
import org.sqltune.postgres.PostgresConversion;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.PostgresServers;
import org.sqltune.workflow.IgnoredKeys;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Converts questions and SQL from SQLite to PostgreSQL, and proves each query on a server. */
public final class ConvertToPostgres {
    private static final Logger log = LoggerFactory.getLogger(ConvertToPostgres.class);

    private final RunDataReader reader;

    /** @param workspace reads the data of configurations */
    public ConvertToPostgres(Workspace workspace) {
        reader = workspace.data();
    }

    /**
     * A conversion request.
     *
     * @param config the configuration with the data and the sampling seed
     * @param input rows of {@code db_id, question, schema, sql} to convert; null for the configuration's data
     * @param databases a folder of {@code DB_ID/DB_ID.sqlite}; null for the data set's own, which requires {@code
     *     input} to be null
     * @param outputDir the output folder
     * @param jdbcUrl the PostgreSQL server for the copies, as a user who may create schemas and roles; null for an
     *     embedded one
     * @param readerUrl the same database as a read-only user; null if the user of {@code jdbcUrl} may create roles
     * @param maxSamples the maximal number of examples per part; null for all
     * @param timeoutSeconds time limit of one query in each database, in seconds
     */
    public record Request(
            RunConfig config,
            @Nullable Path input,
            @Nullable Path databases,
            Path outputDir,
            @Nullable String jdbcUrl,
            @Nullable String readerUrl,
            @Nullable Integer maxSamples,
            double timeoutSeconds) {
        /** The default output folder. */
        public static final Path DEFAULT_OUTPUT_DIR = Path.of("data", "postgres");

        /** The default time limit of one query, in seconds. */
        public static final double DEFAULT_TIMEOUT_SECONDS = 20;

        /** @throws ConfigException if a URL isn't of PostgreSQL, or the number of samples is below 1 */
        public Request {
            requirePostgres("--jdbc-url", jdbcUrl);
            requirePostgres("--reader-url", readerUrl);
            if (maxSamples != null && maxSamples < 1) {
                throw new ConfigException("convert", List.of("samples are " + maxSamples + ": give 1 or more"));
            }
        }

        /** Returns a request for all data of a configuration, proved on the embedded server. */
        public static Request of(RunConfig config) {
            return new Request(config, null, null, DEFAULT_OUTPUT_DIR, null, null, null, DEFAULT_TIMEOUT_SECONDS);
        }

        private static void requirePostgres(String what, @Nullable String url) {
            if (url != null && !JdbcUrls.isPostgres(url)) {
                // Only the driver knows where a password is in this URL.
                throw new ConfigException(
                        what,
                        List.of("this isn't the URL of a PostgreSQL server: write"
                                + " jdbc:postgresql://localhost/postgres?user=me"));
            }
        }
    }

    /**
     * A converted part.
     *
     * @param name {@code train}, {@code validation}, {@code test}, or the input file's name
     * @param conversion the result of the conversion
     * @param files the output files
     */
    public record Part(String name, ConversionResult conversion, List<Path> files) {
        public Part {
            files = List.copyOf(files);
        }

        /** How many queries were proved, and why the others weren't. */
        public Summary summary() {
            int all = conversion.examples().size();
            List<List<String>> rows = new ArrayList<>();
            rows.add(row("proved", conversion.proved().count(), all));
            rows.add(row("  by SQLite's free choice", conversion.provedByFreeChoice(), all));
            conversion.reasons().forEach((reason, count) -> rows.add(row(reason.label(), count, all)));
            rows.add(row("all", all, all));
            return new Summary(List.of(new ReportTable(List.of(name, "Queries", "Share"), rows)), List.of());
        }

        private static List<String> row(String name, long count, int all) {
            double percent = all == 0 ? 0 : 100.0 * count / all;
            return List.of(
                    name, String.format(Locale.ROOT, "%,d", count), String.format(Locale.ROOT, "%.1f %%", percent));
        }
    }

    /**
     * The converted parts.
     *
     * @param parts in the order of the data
     */
    public record Result(List<Part> parts) {
        public Result {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Converts and proves the queries. Logs remarks about the data.
     *
     * @param listener notified of each part and after each query
     * @throws ConfigException if a file or folder doesn't exist, no databases are given, or the data isn't questions;
     *     then nothing was written
     * @throws org.sqltune.core.SqlTuneException if rows can't be read, no server is available, or a file can't be
     *     written
     */
    public Result run(Request request, TaskListener listener) {
        new NamedPaths()
                .file("--input", request.input())
                .folder("--databases", request.databases())
                .check();
        IgnoredKeys.tellOfData(request.config(), request.input());
        return FolderLock.inside(request.outputDir(), "--output-dir").during(() -> convert(request, listener));
    }

    private Result convert(Request request, TaskListener listener) {
        listener.began("Reading");
        DatabaseFolder folder = databases(request);
        Map<String, List<Example>> parts = parts(request);
        QueryLimits limits = QueryLimits.DEFAULTS.with(request.timeoutSeconds(), QueryLimits.DEFAULTS.maxRows());
        List<Part> converted = new ArrayList<>();
        try (PostgresServer server = PostgresServers.open(request.jdbcUrl(), request.readerUrl())) {
            PostgresConversion conversion = new PostgresConversion(folder, server, limits);
            parts.forEach((name, examples) -> {
                ConversionResult result =
                        conversion.convert(limited(request, examples, folder), listener.began("Converting " + name));
                converted.add(new Part(name, result, new ConversionFiles(request.outputDir()).write(name, result)));
            });
        }
        return new Result(converted);
    }

    private Map<String, List<Example>> parts(Request request) {
        if (request.input() != null) {
            Path input = request.input();
            String name = String.valueOf(input.getFileName()).replaceFirst("\\.[^.]*$", "");
            return Map.of(name, OwnFilesSource.read(input));
        }
        Splits<Example> questions = Inputs.questions(reader, request.config(), "convert");
        questions.notes().forEach(log::info);
        return ConversionParts.of(questions);
    }

    private DatabaseFolder databases(Request request) {
        if (request.databases() != null) {
            return new DatabaseFolder(request.databases());
        }
        DatabaseFolder configured =
                request.input() == null ? reader.databases(request.config().data()) : null;
        if (configured == null) {
            throw new ConfigException(
                    "databases", List.of("there are none to prove queries with: name their folder with --databases"));
        }
        return configured;
    }

    private static List<Example> limited(Request request, List<Example> examples, DatabaseFolder folder) {
        return request.maxSamples() == null
                ? examples
                : ConversionParts.sample(
                        examples,
                        folder,
                        request.maxSamples(),
                        request.config().training().seed());
    }
}
