package org.sqltune.cli.model;

import org.sqltune.cli.console.Console;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.DownloadModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune download}: how models come here. For the root of all commands. */
public abstract class ModelCommands {
    private final Console console;
    private final Workspace workspace;

    /** @param workspace where models are found */
    protected ModelCommands(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    /** Brings a repository of the hub into the cache, as it is now. */
    @Command(
            description = {
                "Downloads a model, an adapter or a data set from the Hugging Face hub into the cache that Hugging Face's own"
                        + " tools use, and prints its folder. Of a model only what is needed: settings, tokenizer, safetensors.",
                "",
                "Environment: HF_TOKEN, HF_HOME, HF_HUB_CACHE, HF_ENDPOINT, HF_HUB_OFFLINE."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  sqltune download TinyLlama/TinyLlama-1.1B-Chat-v1.0",
                "  sqltune download codellama/CodeLlama-7b-hf --revision refs/pr/1",
                "  sqltune download gretelai/synthetic_text_to_sql --dataset"
            })
    public void download(
            @Parameters(paramLabel = "owner/name", description = "The repository's name on the hub.") String name,
            @Option(
                            names = "--revision",
                            paramLabel = "REVISION",
                            description = "Branch, tag or commit (default: ${DEFAULT-VALUE}).",
                            defaultValue = ModelSettings.MAIN_REVISION)
                    String revision,
            @Option(names = "--dataset", description = "The name is that of a data set; all its files are downloaded.")
                    boolean dataset) {
        DownloadModel.Request request = new DownloadModel.Request(name, revision, dataset);
        console.out().println(new DownloadModel(workspace).run(request));
    }
}
