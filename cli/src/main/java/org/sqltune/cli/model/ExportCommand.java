package org.sqltune.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ConfigOptions;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest.Preset;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.ExportModel;
import org.sqltune.workflow.verify.VerifyExport;
import org.sqltune.workflow.verify.VerifyRequest;
import org.sqltune.workflow.verify.VerifyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune export}: how models leave. */
@Command(name = "export", description = "Writes a model in the form that another runtime reads.")
public final class ExportCommand {
    private final Console console;
    private final Workspace workspace;

    /** @param workspace where models are found */
    public ExportCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    /** Writes one file for llama.cpp and Ollama. */
    @Command(
            description = "Writes a model, or an adapter merged into its base, as GGUF for llama.cpp and Ollama.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  sqltune export gguf --adapter-path outputs/spider/final_model --type q8_0 --output spider.gguf",
                "  sqltune export gguf --model sqltune-nano --type bf16 --output nano.gguf"
            })
    public void gguf(
            @Option(names = "--model", paramLabel = "MODEL", description = "Its folder or name.") @Nullable
                    String model,
            @Option(names = "--adapter-path", paramLabel = "FOLDER", description = "Merged into it.") @Nullable
                    Path adapter,
            @Option(names = "--output", paramLabel = "FILE", required = true, description = "The file.") Path output,
            @Option(
                            names = "--type",
                            description = "f32, f16, bf16, q8_0, q6_k, q5_k_m, q5_0, q4_k_m or q4_0.",
                            defaultValue = "q8_0")
                    GgufFileType type,
            @Option(names = "--token-ids", description = "For callers that send tokens.") boolean tokenIds,
            @Option(names = "--no-verify", description = "Don't verify the file where llama.cpp is on the class path.")
                    boolean noVerify) {
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            ExportModel.Request request = new ExportModel.Request(model, adapter, type, tokenIds, output);
            console.out().println(new ExportModel(workspace).run(request, tasks));
            if (!noVerify) {
                new VerifyExport(workspace).afterExport(request, tasks);
            }
        }
    }

    /** Compares a file with its model. */
    @Command(
            description = "Asks a model and its GGUF file, in llama.cpp, the same questions and compares the answers.",
            footerHeading = "%nExample:%n",
            footer =
                    "  sqltune export verify --adapter-path outputs/spider/final_model --gguf spider.gguf --max-samples 50")
    public void verify(
            @Mixin ConfigOptions config,
            @Option(names = "--adapter-path", paramLabel = "FOLDER", description = "What was merged.") @Nullable
                    Path adapter,
            @Option(names = "--gguf", paramLabel = "FILE", required = true, description = "The file.") Path gguf,
            @Option(
                            names = "--data",
                            paramLabel = "FILE",
                            description = "JSONL of {question, sql} (default: the run's test set).")
                    @Nullable
                    Path data,
            @Option(names = "--max-samples", paramLabel = "N", description = "Ask at most N questions (default: 20).")
                    @Nullable
                    String maxSamples,
            @Option(names = "--token-ids", description = "For callers that send tokens.") boolean tokenIds) {
        List<String> own = new ArrayList<>();
        ConfigOptions.addIfGiven(own, "evaluation.max_samples", maxSamples);
        ModelRequest model = new ModelRequest(config.request(own, Preset.NONE), adapter);
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            VerifyResult result =
                    new VerifyExport(workspace).run(new VerifyRequest(model, gguf, data, tokenIds), tasks);
            console.print(result.summary());
            result.require();
        }
    }

    /** Writes an adapter by itself. */
    @Command(
            name = "gguf-adapter",
            description = "Writes a LoRA adapter as GGUF, for llama.cpp to put beside its base (--lora FILE).",
            footerHeading = "%nExample:%n",
            footer =
                    "  sqltune export gguf-adapter --adapter-path outputs/spider/final_model --output spider-lora.gguf")
    public void ggufAdapter(
            @Option(names = "--adapter-path", paramLabel = "FOLDER", required = true, description = "Its folder.")
                    Path adapter,
            @Option(names = "--model", paramLabel = "MODEL", description = "Its base.") @Nullable String base,
            @Option(names = "--output", paramLabel = "FILE", required = true, description = "The file.") Path output) {
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            console.out().println(new ExportModel(workspace).runAdapter(adapter, base, output, tasks));
        }
    }
}
