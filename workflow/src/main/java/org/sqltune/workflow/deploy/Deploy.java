package org.sqltune.workflow.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufHead;
import org.sqltune.deployment.ollama.OllamaClient;
import org.sqltune.deployment.ollama.OllamaClient.Blob;
import org.sqltune.deployment.ollama.OllamaModelfile;
import org.sqltune.deployment.ollama.OllamaModelfile.Source;
import org.sqltune.deployment.ollama.OllamaName;
import org.sqltune.deployment.ollama.OllamaTemplate;
import org.sqltune.deployment.ollama.OllamaVersion;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.AdapterDescription;
import org.sqltune.model.tokenizer.ModelChat;
import org.sqltune.workflow.PromptTemplates;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.ExportModel;

/**
 * Brings a model to an Ollama server: exports it as GGUF, uploads the file, makes a model of it with the prompts that it was
 * trained on, and asks it a question. A model that fails the question is deleted there, unless it replaced another.
 */
public final class Deploy {
    private static final Logger log = LoggerFactory.getLogger(Deploy.class);

    private static final String BEGIN = "bos_token";
    /** A context as long as most prompts with schemas need; what is longer takes memory at the server. */
    private static final int USUAL_CONTEXT = 4096;

    private static final String SAMPLE_DATABASE = "ecommerce";

    private final Workspace workspace;

    /** @param workspace where models are found */
    public Deploy(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Checks before a model is trained that it can be deployed: that the server answers and is new enough, and that the base
     * can be exported.
     *
     * @param config names the server and the base
     * @param name what the model is to be called; null for its folder's name
     * @param exports whether the base is looked at, too
     * @throws ConfigException if the server takes no such name
     * @throws SqlTuneException if it can't
     */
    public void check(RunConfig config, @Nullable String name, boolean exports) {
        if (name != null) {
            new OllamaName(name);
        }
        OllamaServer.requireFiles(OllamaServer.client(config));
        if (exports) {
            GgufExport.check(workspace.models().resolve(config.model()));
        }
    }

    /** Whether the server has a model of that name. */
    public boolean has(DeployRequest request) {
        RunConfig config = request.load();
        return OllamaServer.client(config).has(request.named(config));
    }

    /**
     * Deploys.
     *
     * @throws ConfigException if the request has faults
     * @throws SqlTuneException if the model can't be had or exported, or the server doesn't answer, is too old, refuses the
     *     file or makes no model of it
     */
    public DeployResult run(DeployRequest request, TaskListener listener) {
        RunConfig given = request.load();
        OllamaName name = request.named(given);
        OllamaClient client = OllamaServer.client(given);
        OllamaVersion version = OllamaServer.requireFiles(client);
        LibraryBase bases = new LibraryBase(client, listener);
        if (request.base() != null) {
            bases.require(version);
        }
        Path folder = request.folder(given);
        return FolderLock.inside(folder, "--output").during(() -> {
            ContractResolution prompts = workspace.templates().resolve(given, request.model());
            prompts.tell(log);
            RunConfig config = PromptTemplates.asTrained(given, prompts);
            OllamaTemplate template = new OllamaTemplate(workspace.templates().of(config), begin(config));
            Path file = request.gguf() != null ? request.gguf() : export(request, config, folder, name, listener);
            String base = request.base() == null
                    ? null
                    : bases.pull(request.base(), baseName(request)).text();
            boolean replaces = client.has(name);
            listener.began("Uploading " + file.getFileName());
            Blob blob = client.upload(file);
            OllamaModelfile modelfile = modelfile(request, config, prompts.contract(), template, file, blob, base);
            Path text = folder.resolve("Modelfile");
            AtomicFiles.writeString(text, modelfile.text());
            client.create(name, modelfile, listener.began("Creating " + name));
            listener.began("Asking " + name);
            SmokeQuestion.Answered smoke = asked(client, name, template, replaces, sample(config, request.database()));
            List<String> notes = new ArrayList<>(smoke.notes());
            if (request.database() != null && modelfile.system() == null) {
                notes.add("SYSTEM was left out: the prompts show more of a schema than a system message can");
            }
            return new DeployResult(name, client.address(), version, file, blob, text, replaces, smoke, notes);
        });
    }

    private Path export(DeployRequest request, RunConfig config, Path folder, OllamaName name, TaskListener listener) {
        Path file = folder.resolve(name.text().replaceAll("[:/]", "-") + ".gguf");
        Path adapter = request.model().adapter();
        if (request.base() != null) {
            return new ExportModel(workspace)
                    .runAdapter(Objects.requireNonNull(adapter), config.model().name(), file, listener);
        }
        String model = config.model().name();
        return new ExportModel(workspace)
                .run(new ExportModel.Request(model, adapter, request.type(), false, file), listener);
    }

    private OllamaModelfile modelfile(
            DeployRequest request,
            RunConfig config,
            PromptContract contract,
            OllamaTemplate template,
            Path file,
            Blob blob,
            @Nullable String base) {
        String name = String.valueOf(file.getFileName());
        Source source =
                base == null ? new Source.Model(name, blob.digest()) : new Source.Adapter(base, name, blob.digest());
        String system = request.database() == null
                ? null
                : template.system(schema(config, request.database())).orElse(null);
        int trained = contract.maxLength() == null ? 0 : contract.maxLength();
        int answer = config.inference().maxNewTokens();
        int context = Math.min(contextLength(file, base, config), Math.max(USUAL_CONTEXT, trained + answer));
        return new OllamaModelfile(source, template.text(), system, contract.stop(), context, answer);
    }

    /** The model's own, which may be shorter in the file than in its configuration. */
    private int contextLength(Path file, @Nullable String base, RunConfig config) {
        if (base != null) {
            return DecoderConfigReader.read(workspace.models().resolveTokenizer(config.model()))
                    .maxPositions();
        }
        return GgufHead.read(file).metadata().entrySet().stream()
                .filter(each -> each.getKey().endsWith(".context_length"))
                .map(each -> ((Number) each.getValue()).intValue())
                .findFirst()
                .orElse(USUAL_CONTEXT);
    }

    private SmokeQuestion.Answered asked(
            OllamaClient client, OllamaName name, OllamaTemplate template, boolean replaces, Schema schema) {
        try {
            return new SmokeQuestion(client, template).ask(name, schema);
        } catch (SqlTuneException e) {
            if (!replaces) {
                deleteQuietly(client, name, e);
            }
            throw e;
        }
    }

    private static void deleteQuietly(OllamaClient client, OllamaName name, SqlTuneException failure) {
        try {
            client.delete(name);
        } catch (SqlTuneException e) {
            failure.addSuppressed(e);
        }
    }

    private Schema sample(RunConfig config, @Nullable String database) {
        return schema(config, database == null ? SAMPLE_DATABASE : database);
    }

    private Schema schema(RunConfig config, String database) {
        ModelPrompts prompts = workspace.templates().prompts(config);
        return workspace.databases().named("--db", database).schema(prompts.sampleValues());
    }

    /** The text of the token that llama.cpp puts before a prompt. */
    private String begin(RunConfig config) {
        return ModelChat.read(workspace.models().resolveTokenizer(config.model()))
                .specialTokens()
                .getOrDefault(BEGIN, "");
    }

    private static String baseName(DeployRequest request) {
        AdapterBase base = AdapterDescription.read(
                        Objects.requireNonNull(request.model().adapter()))
                .base();
        return base == null ? "" : base.name();
    }
}
