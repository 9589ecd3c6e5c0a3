package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.data.audit.AuditJson;
import org.sqltune.data.audit.AuditReport;
import org.sqltune.data.audit.Fault;
import org.sqltune.workflow.data.AuditData;
import org.sqltune.workflow.data.AuditSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data audit}: what is wrong with data, before it is trained on. */
@Command(
        name = "audit",
        description = "Runs every gold query and looks for columns that don't exist, empty results, repeated rows, and"
                + " held-out rows that are trained on.",
        footer = {
            "  sqltune data audit --config configs/spider/nano_lora.yaml data.path=spider --fail-on failing,leakage",
            "  sqltune data audit --train spider_text_sql.csv --against dev.json",
            "  sqltune data audit --train mine.jsonl --databases databases --output audit.json"
        })
final class DataAuditCommand extends DataUseCase implements Callable<Integer> {
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
            description = "Files not to be trained on (default: dev.json, test.jsonl … beside those of --train).")
    private List<Path> against = new ArrayList<>();

    @Option(
            names = "--databases",
            paramLabel = "FOLDER",
            description = "SQLite files as DB_ID/DB_ID.sqlite (default: the data set's, or database/ beside --train).")
    private @Nullable Path databases;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "For one query (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = AuditData.Request.DEFAULT_TIMEOUT_SECONDS;

    @Option(names = "--threads", paramLabel = "N", description = "Databases at a time (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the JSON object, with every finding, there.")
    private @Nullable Path output;

    @Option(names = "--show", paramLabel = "N", description = "Findings of a kind (default: ${DEFAULT-VALUE}).")
    private int shown = 5;

    @Option(names = "--fail-on", paramLabel = "FAULT", split = ",", description = "Exit 1 on ${COMPLETION-CANDIDATES}.")
    private Set<Fault> failOn = EnumSet.noneOf(Fault.class);

    AuditData.Request request() {
        AuditData.Source source = train.isEmpty() && against.isEmpty()
                ? new AuditData.OfConfig(options.load(null))
                : new AuditData.OfFiles(train, against).withoutConfig(options.isGiven());
        return new AuditData.Request(source, databases, timeoutSeconds, threads, output);
    }

    @Override
    public Integer call() {
        AuditReport report = run(request(), new AuditData(workspace())::run);
        if (json) {
            print(AuditJson.of(report));
        } else {
            print(new AuditSummary(report, shown).summary());
        }
        return AuditData.hasAny(report, failOn) ? ExitCodes.FAILED : ExitCodes.DONE;
    }
}
