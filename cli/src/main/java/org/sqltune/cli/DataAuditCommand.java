package org.sqltune.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.audit.AuditJson;
import org.sqltune.data.audit.AuditPart;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.DataAudit;
import org.sqltune.data.audit.Fault;
import org.sqltune.data.audit.PairFile;
import org.sqltune.data.split.Splits;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data audit}: what is wrong with data, before it is trained on. */
@Command(
        name = "audit",
        description = "Runs every gold query and looks for columns that don't exist, empty results, rows that are there"
                + " twice, and held-out rows that are trained on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune data audit --config configs/spider/nano_lora.yaml --fail-on failing,leakage",
            "  sqltune data audit --train spider_text_sql.csv --against dev.json",
            "  sqltune data audit --train mine.jsonl --databases databases --output audit.json"
        })
final class DataAuditCommand implements Callable<Integer> {
    /** Where held-out questions mostly lie, beside a file that is trained on. */
    private static final List<String> HELD_OUT =
            List.of("dev.json", "dev.jsonl", "validation.jsonl", "test.json", "test.jsonl", "mini_dev.json");

    private final Console console;
    private final RunDataReader reader;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--train",
            paramLabel = "FILE",
            description = "Files to audit instead of a configuration's data: CSV, JSONL or JSON, taken as they are.")
    private List<Path> train = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "Files that must not be trained on (default: dev.json, test.jsonl … beside those of --train).")
    private List<Path> against = new ArrayList<>();

    @Option(
            names = "--databases",
            paramLabel = "FOLDER",
            description = "SQLite files as DB_ID/DB_ID.sqlite (default: the data set's, or database/ beside --train).")
    private @Nullable Path databases;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Time for one query (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = 30;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Databases queried at a time (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the JSON object, with every finding, there.")
    private @Nullable Path output;

    @Option(
            names = "--show",
            paramLabel = "N",
            description = "Findings shown of each fault and part (default: ${DEFAULT-VALUE}).")
    private int shown = 5;

    @Option(
            names = "--fail-on",
            paramLabel = "FAULT",
            split = ",",
            description = "Exit with 1 if there is one of: ${COMPLETION-CANDIDATES}.")
    private Set<Fault> failOn = EnumSet.noneOf(Fault.class);

    DataAuditCommand(Console console, RunDataReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override
    public Integer call() {
        if (train.isEmpty() && !against.isEmpty()) {
            throw new SqlTuneException("--against says what must not be trained on: name what is with --train");
        }
        RunConfig config = train.isEmpty() ? options.load() : null;
        List<AuditPart> parts = config == null ? files() : configured(config);
        DatabaseFolder folder = folder(config);
        AuditReport report;
        try (TaskProgress progress = console.progress("Auditing")) {
            report = new DataAudit(
                            folder,
                            QueryLimits.DEFAULTS.with(timeoutSeconds, QueryLimits.DEFAULTS.maxRows()),
                            Math.max(1, threads))
                    .audit(parts, progress);
        }
        if (output != null) {
            AtomicFiles.writeString(output, AuditJson.of(report) + "\n");
        }
        console.out().println(json ? AuditJson.of(report) : new AuditTable(report, shown).text());
        return failOn.stream().anyMatch(fault -> report.count(fault) > 0) ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    /** Spider's CSV is taken as it is: to keep dev out of it is what training does, to find it there is what this does. */
    private List<AuditPart> configured(RunConfig config) {
        DataSettings data = config.data();
        Path path = data.path();
        if (data.dataset() == Dataset.SPIDER_CSV && path != null) {
            train = List.of(Files.isDirectory(path) ? path.resolve("spider_text_sql.csv") : path);
            return files();
        }
        Splits<Example> questions = reader.read(config).questions();
        if (questions == null) {
            throw new SqlTuneException("The configuration's data are prompts and completions: to audit, use rows of"
                    + " question, schema and sql");
        }
        boolean sameTwice = questions.validation().equals(questions.test());
        return Stream.of(
                        new AuditPart("train", false, questions.train()),
                        new AuditPart(sameTwice ? "validation and test" : "validation", true, questions.validation()),
                        new AuditPart("test", true, sameTwice ? List.of() : questions.test()))
                .filter(part -> !part.examples().isEmpty())
                .toList();
    }

    private List<AuditPart> files() {
        List<AuditPart> parts = new ArrayList<>();
        for (Path file : train) {
            parts.add(new AuditPart(name(file), false, PairFile.read(file)));
        }
        for (Path file : against.isEmpty() ? beside() : against) {
            parts.add(new AuditPart(name(file), true, PairFile.read(file)));
        }
        return parts;
    }

    private Set<Path> beside() {
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

    private @Nullable DatabaseFolder folder(@Nullable RunConfig config) {
        if (databases != null) {
            return new DatabaseFolder(databases);
        }
        if (!train.isEmpty()) {
            Path beside = train.get(0).toAbsolutePath().resolveSibling("database");
            return Files.isDirectory(beside) ? new DatabaseFolder(beside) : null;
        }
        return config == null ? null : reader.databases(config.data());
    }
}
