package org.sqltune.cli.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.deployment.gguf.GgufType;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.DownloadModel;
import org.sqltune.workflow.model.ExportModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune download} and {@code sqltune export}: how models come here and leave. For the root of all commands. */
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

    /** Writes a model in the form that another runtime reads. */
    @Command(
            description = "Writes a model, or an adapter merged into its base, as GGUF for llama.cpp and Ollama.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  sqltune export outputs/spider/final_model --type q8_0 --output spider.gguf",
                "  sqltune export sqltune-nano --type bf16 --token-ids --output nano.gguf"
            })
    public void export(
            @Parameters(paramLabel = "MODEL", description = "A model's folder or name, or an adapter's folder.")
                    String source,
            @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where the model goes.")
                    Path output,
            @Option(
                            names = "--format",
                            paramLabel = "gguf",
                            description = "The file's form (default: gguf).",
                            defaultValue = "GGUF")
                    ExportModel.Format format,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            description = "Of matrices: f32, f16, bf16, q8_0 or q4_0 (default: q8_0).",
                            defaultValue = "Q8_0")
                    GgufType type,
            @Option(
                            names = "--base-model",
                            paramLabel = "MODEL",
                            description = "An adapter's base, if not the one that it names.")
                    @Nullable
                    String base,
            @Option(names = "--token-ids", description = "For callers that send tokens: any tokenizer will do.")
                    boolean tokenIds) {
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            ExportModel.Request request = new ExportModel.Request(source, base, format, type, tokenIds, output);
            console.out().println(new ExportModel(workspace).run(request, tasks));
        }
    }
}
