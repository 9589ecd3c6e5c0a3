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

/** Finds what is wrong with data before it is trained on. */
public final class AuditData {
    /** Where held-out questions mostly lie, beside a file that is trained on. */
    private static final List<String> HELD_OUT =
            List.of("dev.json", "dev.jsonl", "validation.jsonl", "test.json", "test.jsonl", "mini_dev.json");

    private final RunDataReader reader;

    /** @param workspace reads the data that configurations name */
    public AuditData(Workspace workspace) {
        reader = workspace.data();
    }

    /** What is audited. */
    public sealed interface Source {}

    /**
     * The data of a configuration: its training part, and its validation and test parts as held out.
     *
     * @param config names the data
     */
    public record OfConfig(RunConfig config) implements Source {}

    /**
     * Files as they are: CSV, JSONL or JSON.
     *
     * @param train files that are trained on
     * @param against files that must not be trained on; empty for {@code dev.json}, {@code test.jsonl} and the like beside
     *     those that are trained on
     */
    public record OfFiles(List<Path> train, List<Path> against) implements Source {
        /** @throws ConfigException if nothing is trained on */
        public OfFiles {
            train = List.copyOf(train);
            against = List.copyOf(against);
            if (train.isEmpty()) {
                throw new ConfigException(
                        "audit", List.of("the files that must not be trained on are named; name those that are, too"));
            }
        }

        /** @throws ConfigException if a configuration was named as well, which has no effect on files */
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
     * What to audit and how.
     *
     * @param source the data
     * @param databases folder of {@code DB_ID/DB_ID.sqlite}; null for the data set's own, or {@code database/} beside the
     *     first file
     * @param timeoutSeconds time for one query
     * @param threads databases queried at a time; at least 1
     * @param output the JSON file with every finding; null for none
     */
    public record Request(
            Source source,
            @Nullable Path databases,
            double timeoutSeconds,
            int threads,
            @Nullable Path output) {
        /** Time for one query in seconds, unless another is given. */
        public static final double DEFAULT_TIMEOUT_SECONDS = 30;

        /** With the default time, a thread for each processor and no file. */
        public static Request of(Source source) {
            return new Request(
                    source, null, DEFAULT_TIMEOUT_SECONDS, Runtime.getRuntime().availableProcessors(), null);
        }
    }

    /**
     * Audits.
     *
     * @param listener told after each query
     * @throws ConfigException if a file or folder doesn't exist, or the data are no questions; nothing is run
     * @throws org.sqltune.core.SqlTuneException if rows can't be read or the file can't be written
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

    /** Spider's CSV is taken as it is: training keeps dev out of it, and this finds it there. */
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
        boolean sameTwice = questions.validation().equals(questions.test());
        return Stream.of(
                        new AuditPart("train", false, questions.train()),
                        new AuditPart(sameTwice ? "validation and test" : "validation", true, questions.validation()),
                        new AuditPart("test", true, sameTwice ? List.of() : questions.test()))
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
     * Returns whether a report has one of some faults.
     *
     * @throws SqlTuneException if one of them shows only when queries are run, and none was
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
