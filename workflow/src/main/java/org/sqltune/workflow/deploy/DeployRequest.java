package org.sqltune.workflow.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.deployment.ollama.OllamaName;
import org.sqltune.workflow.ModelRequest;

/**
 * What is deployed.
 *
 * @param model the model, with an adapter or without; its configuration names the server, too
 * @param name what it is to be called there; null for its folder's name
 * @param type how the matrices of the exported file are written
 * @param gguf a file that was exported before; null to export one
 * @param database a database whose schema becomes the model's SYSTEM, see {@code Databases}; null for none
 * @param base the model of Ollama's library that the adapter is put on there; empty for the one that the list of bases has;
 *     null to deploy the adapter merged into its base
 * @param output the folder of the exported file and the Modelfile; null for {@code deployment} in the run's folder
 */
public record DeployRequest(
        ModelRequest model,
        @Nullable String name,
        GgufFileType type,
        @Nullable Path gguf,
        @Nullable String database,
        @Nullable String base,
        @Nullable Path output) {
    private static final String MODEL_KEY = "model.name=";

    /** @throws ConfigException if there is no model, or options contradict each other */
    public DeployRequest {
        List<String> faults = new ArrayList<>();
        if (model.adapter() == null && namedModel(model) == null && model.run().config() == null) {
            faults.add("which model? Give --adapter-path or --model");
        }
        if (base != null && model.adapter() == null) {
            faults.add("--on-base puts an adapter on a model of Ollama's: name the adapter with --adapter-path");
        }
        if (base != null && gguf != null) {
            faults.add("--gguf is a whole model, --on-base takes one of Ollama's: leave one of them out");
        }
        if (gguf != null && !Files.isRegularFile(gguf)) {
            faults.add("there is no file " + gguf + " for --gguf: write it with sqltune export gguf");
        }
        if (!faults.isEmpty()) {
            throw new ConfigException("deploy", faults);
        }
    }

    /** A request for a run's adapter, merged, with the defaults. */
    public static DeployRequest of(ModelRequest model, @Nullable String name, GgufFileType type) {
        return new DeployRequest(model, name, type, null, null, null, null);
    }

    /** The configuration, which names the server. */
    RunConfig load() {
        return OllamaServer.load(model);
    }

    /** What the model is called at the server. */
    OllamaName named(RunConfig config) {
        if (name != null) {
            return new OllamaName(name);
        }
        return OllamaName.of(
                model.adapter() != null
                        ? model.adapter().toString()
                        : config.model().name());
    }

    /** The folder of what is written. */
    Path folder(RunConfig config) {
        return output == null ? config.training().outputDir().resolve("deployment") : output;
    }

    private static @Nullable String namedModel(ModelRequest model) {
        return model.run().overrides().stream()
                .filter(each -> each.startsWith(MODEL_KEY))
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
