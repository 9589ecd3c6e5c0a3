package org.sqltune.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest.Preset;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which trained model {@code eval} and {@code infer} use. */
public final class TrainedModelOptions {
    private static final Logger log = LoggerFactory.getLogger(TrainedModelOptions.class);

    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(
            names = "--adapter-path",
            paramLabel = "FOLDER",
            description = "PEFT adapter to use, such as outputs/demo/final_model.")
    private @Nullable Path adapterPath;

    @Option(names = "--engine", paramLabel = "native|llama.cpp|openai|ollama", description = "What computes.")
    private @Nullable String engine;

    @Option(names = "--url", paramLabel = "URL|FILE", description = "Its server or GGUF file (inference.engine_url).")
    private @Nullable String url;

    /** Taken until the next release: the presets are about training. */
    @Option(names = "--cpu-mode", hidden = true)
    private boolean cpuMode;

    @Option(names = "--fast-mac", hidden = true)
    private boolean fastMac;

    /**
     * The model.
     *
     * @param ownOverrides what the command's own options mean, as {@code section.key=value}
     */
    public ModelRequest request(List<String> ownOverrides) {
        Preset preset = cpuMode ? Preset.CPU : fastMac ? Preset.FAST_MAC : Preset.NONE;
        if (preset != Preset.NONE) {
            log.warn(
                    "{} is for train, and the next release takes it there only: write {} --no-quantization",
                    cpuMode ? "--cpu-mode" : "--fast-mac",
                    cpuMode ? "--device cpu" : "--device mps --dtype fp32");
        }
        List<String> own = new ArrayList<>(ownOverrides);
        ConfigOptions.addIfGiven(own, "inference.engine", engine);
        ConfigOptions.addIfGiven(own, "inference.engine_url", url);
        return new ModelRequest(common.request(own, preset), adapterPath);
    }
}
