package org.sqltune.workflow.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.data.audit.AuditJson;
import org.sqltune.data.audit.AuditPart;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.DataAudit;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.split.Splits;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Finds faults in training data. */
public final class AuditData {
    /** Usual names of files with held-out questions, beside a training file. */
    private static final List<String> HELD_OUT =
            List.of("dev.json", "dev.jsonl", "validation.jsonl", "test.json", "test.jsonl", "mini_dev.json");

    private final RunDataReader reader;

    /** @param workspace reads the data that configurations name */
    public AuditData(Workspace workspace) {
        reader = workspace.data();
    }

    /** The data to audit. */
    public sealed interface Source {}

    /**
     * The data of a configuration: its training part, and its validation and test parts as held out.
     *
     * @param config the configuration with the data
     */
    public record OfConfig(RunConfig config) implements Source {}

    /**
     * Plain files: CSV, JSONL or JSON.
     *
     * @param train the training files
     * @param against the held-out files; empty for {@code dev.json}, {@code test.jsonl} and the like beside the
     *     training files
     */
    public record OfFiles(List<Path> train, List<Path> against) implements Source {
        /** @throws ConfigException if there is no training file */
        public OfFiles {
            train = List.copyOf(train);
            against = List.copyOf(against);
            if (train.isEmpty()) {
                throw new ConfigException(
                        "audit", List.of("the files that must not be trained on are named; name those that are, too"));
            }
        }

        /** @throws ConfigException if a configuration was given too, which has no effect on files */
        public OfFiles withoutConfig(boolean named) {
            if (named) {
                throw new ConfigException(
                        "audit",
                        List.of("--config, keys, --max-samples and --skip-bad have no effect on the files of --train:"
                                + " leave them out"));
            }
            return this;
        }
    }

    /**
     * An audit request.
     *
     * @param source the data
     * @param databases a folder of {@code DB_ID/DB_ID.sqlite}; null for the data set's own, or {@code database/}
     *     beside the first file
     * @param timeoutSeconds time limit of one query, in seconds
     * @param threads number of databases queried in parallel; at least 1
     * @param output the JSON file for all findings; null for none
     */
    public record Request(
            Source source,
            @Nullable Path databases,
            double timeoutSeconds,
            int threads,
            @Nullable Path output) {
        /** The default time limit of one query, in seconds. */
        public static final double DEFAULT_TIMEOUT_SECONDS = 30;

        /** Returns a request with the default time limit, one thread per processor and no output file. */
        public static Request of(Source source) {
            return new Request(
                    source, null, DEFAULT_TIMEOUT_SECONDS, Runtime.getRuntime().availableProcessors(), null);
        }
    }

    /**
     * Audits the data.
     *
     * @param listener receives the number of queries run
     * @throws ConfigException if a file or folder doesn't exist, or the data isn't questions; then nothing was run
     * @throws org.sqltune.core.SqlTuneException if rows can't be read or the output file can't be written
     */
    public AuditReport run(Request request, TaskListener listener) {
        Source source = request.source() instanceof OfConfig of ? spiderCsv(of) : request.source();
        check(source, request.databases());
        return FolderLock.whileWriting(request.output(), "--output", () -> audit(source, request, listener));
    }

    private AuditReport audit(Source source, Request request, TaskListener listener) {
        ProgressListener progress = listener.began("Auditing");
        QueryDatabases databases = databases(source, request.databases());
        List<AuditPart> parts = source instanceof OfFiles files ? parts(files) : parts(((OfConfig) source).config());
        QueryLimits limits = QueryLimits.DEFAULTS.with(request.timeoutSeconds(), QueryLimits.DEFAULTS.maxRows());
        AuditReport report = new DataAudit(databases, limits, Math.max(1, request.threads())).audit(parts, progress);
        if (request.output() != null) {
            AtomicFiles.writeString(request.output(), AuditJson.of(report) + "\n");
        }
        return report;
    }

    /** Returns Spider's CSV as a plain file: training removes dev questions from it, and the audit reports them. */
    private static Source spiderCsv(OfConfig source) {
        DataSettings data = source.config().data();
        Path path = data.path();
        return data.dataset() == Dataset.SPIDER_CSV && path != null
                ? new OfFiles(List.of(Files.isDirectory(path) ? path.resolve("spider_text_sql.csv") : path), List.of())
                : source;
    }

    private static void check(Source source, @Nullable Path databases) {
        NamedPaths paths = new NamedPaths().folder("--databases", databases);
        if (source instanceof OfFiles files) {
            files.train().forEach(file -> paths.file("--train", file));
            files.against().forEach(file -> paths.file("--against", file));
        }
        paths.check();
    }

    private List<AuditPart> parts(RunConfig config) {
        Splits<Example> questions = Inputs.questions(reader, config, "audit");
        Stream<AuditPart> heldOut = questions.heldOut().entrySet().stream()
                .map(set -> new AuditPart(questions.title(set.getKey()), true, set.getValue()));
        return Stream.concat(Stream.of(new AuditPart("train", false, questions.train())), heldOut)
                .filter(part -> !part.examples().isEmpty())
                .toList();
    }

    private static List<AuditPart> parts(OfFiles files) {
        List<AuditPart> parts = new ArrayList<>();
        for (Path file : files.train()) {
            parts.add(new AuditPart(name(file), false, PairFile.read(file)));
        }
        for (Path file : files.against().isEmpty() ? beside(files.train()) : files.against()) {
            parts.add(new AuditPart(name(file), true, PairFile.read(file)));
        }
        return parts;
    }

    private static Set<Path> beside(List<Path> train) {
        Set<Path> trained = train.stream().map(Path::toAbsolutePath).collect(Collectors.toSet());
        return train.stream()
                .flatMap(file ->
                        HELD_OUT.stream().map(name -> file.toAbsolutePath().resolveSibling(name)))
                .filter(file -> Files.isRegularFile(file) && !trained.contains(file))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private @Nullable QueryDatabases databases(Source source, @Nullable Path named) {
        if (named != null) {
            return new SqliteDatabases(new DatabaseFolder(named));
        }
        if (source instanceof OfFiles files) {
            Path beside = files.train().get(0).toAbsolutePath().resolveSibling("database");
            return Files.isDirectory(beside) ? new SqliteDatabases(new DatabaseFolder(beside)) : null;
        }
        return reader.queries(((OfConfig) source).config().data());
    }

    /**
     * Returns whether a report has any of these faults.
     *
     * @throws SqlTuneException if detecting one of them requires running queries, and none was run
     */
    public static boolean hasAny(AuditReport report, Set<Fault> faults) {
        Set<Fault> unknown = EnumSet.of(Fault.FAILING, Fault.EMPTY);
        unknown.retainAll(faults);
        if (report.executed() == 0 && !unknown.isEmpty()) {
            String names = unknown.stream().map(Fault::label).collect(Collectors.joining(","));
            throw new SqlTuneException("--fail-on " + names + ": no query was run, as no row names a database that is"
                    + " there; name the folder of <db_id>/<db_id>.sqlite with --databases, or the database of a"
                    + " configuration's data with data.database");
        }
        return faults.stream().anyMatch(fault -> report.count(fault) > 0);
    }
}
