package org.sqltune.cli.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.publish.Publish;
import org.sqltune.workflow.publish.PublishRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune publish}: a model to a Hugging Face hub. */
@Command(
        name = "publish",
        description = {
            "Publishes an adapter, a model or GGUF files on the Hugging Face hub, with a model card. Private unless --public.",
            "",
            "Environment: HF_TOKEN (write access), HF_HOME, HF_ENDPOINT."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune publish ada/spider-sql --adapter-path outputs/spider/final_model --dry-run",
            "  sqltune publish ada/spider-sql --model outputs/spider/full_model --gguf spider.gguf --license apache-2.0 --public"
        })
public final class PublishCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Parameters(paramLabel = "owner/name", description = "The repository, which is made if there is none.")
    private String repository = "";

    @Option(names = "--adapter-path", paramLabel = "FOLDER", description = "PEFT adapter to publish.")
    private @Nullable Path adapter;

    @Option(names = "--model", paramLabel = "FOLDER", description = "Whole model to publish, such as a merged one.")
    private @Nullable Path model;

    @Option(names = "--gguf", paramLabel = "FILE", description = "GGUF file to publish; may be repeated.")
    private List<Path> ggufs = new ArrayList<>();

    @Option(names = "--base-model", paramLabel = "owner/name", description = "The base on the hub (default: as named).")
    private @Nullable String baseModel;

    @Option(names = "--report", paramLabel = "FILE", description = "report.json for the card; may be repeated.")
    private List<Path> reports = new ArrayList<>();

    @Option(names = "--license", paramLabel = "ID", description = "Licence, by the hub's id, such as apache-2.0.")
    private @Nullable String license;

    @Option(names = "--public", description = "Everybody may read it.")
    private boolean open;

    @Option(names = "--revision", paramLabel = "BRANCH", description = "Branch (default: ${DEFAULT-VALUE}).")
    private String revision = ModelSettings.MAIN_REVISION;

    @Option(names = "--message", paramLabel = "TEXT", description = "The commit's message.")
    private @Nullable String message;

    @Option(names = "--dry-run", description = "Print files and card; ask and send nothing.")
    private boolean dryRun;

    /** @param workspace knows which hub, and as whom */
    public PublishCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        PublishRequest request = new PublishRequest(
                repository, adapter, model, ggufs, baseModel, reports, license, open, revision, message, dryRun);
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            console.print(new Publish(workspace).run(request, tasks).summary());
        }
    }
}
