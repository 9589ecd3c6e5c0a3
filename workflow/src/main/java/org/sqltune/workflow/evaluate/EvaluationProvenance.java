package org.sqltune.workflow.evaluate;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DecodingSettings;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.text.Failures;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.runtime.Runtimes;
import org.sqltune.workflow.LibraryVersions;

/** Builds the provenance of evaluation reports: questions, model, prompts and versions. */
public final class EvaluationProvenance {
    private static final String METRICS_VERSION = "1";

    private final RunConfig config;
    private final PromptTemplate template;
    /** Caches hashes, since weights are large and several reports may share them. */
    private final Map<Path, String> hashes = new HashMap<>();

    /**
     * @param config the model's configuration
     * @param template the prompt template
     */
    public EvaluationProvenance(RunConfig config, PromptTemplate template) {
        this.config = config;
        this.template = template;
    }

    /**
     * Returns the provenance of a model's answers. A folder's weights are hashed once.
     *
     * @param examples the questions
     * @param folder the base's files
     * @param adapter null for the base alone
     */
    public Provenance ofModel(List<Example> examples, Path folder, @Nullable Path adapter) {
        Map<String, String> model = named(config.model().name(), config.model().revision(), folder);
        if (adapter != null) {
            model.put("adapter", adapter.toString());
            model.put("adapter_sha256", hash(adapter));
        }
        String title = adapter == null ? config.model().name() : TextToSql.nameOf(adapter);
        return provenance(title, model, prompt(examples), decoding());
    }

    /**
     * Returns the provenance of a fully trained model.
     *
     * @param examples the questions
     * @param folder the trained model's files
     */
    public Provenance ofTrained(List<Example> examples, Path folder) {
        return provenance(folder.toString(), named(folder.toString(), null, folder), prompt(examples), decoding());
    }

    /**
     * Of a model that another runtime computes: which weights it has there, nobody here knows.
     *
     * @param examples the questions
     * @param adapter whose prompts it is asked with; null for those of the model
     */
    Provenance ofServed(List<Example> examples, @Nullable Path adapter) {
        EngineSettings runtime = config.inference().runtime();
        Map<String, String> model = new LinkedHashMap<>();
        String served = runtime.engineModel();
        String source = adapter == null ? config.model().name() : adapter.toString();
        model.put("name", served == null ? source : served);
        model.put("engine", Runtimes.describe(runtime));
        model.put("engine_prompt", lowerCase(runtime.enginePrompt()));
        model.put("prompts_of", source);
        String title = adapter == null ? config.model().name() : TextToSql.nameOf(adapter);
        return provenance(title, model, prompt(examples), decoding());
    }

    private Map<String, String> named(String name, @Nullable String revision, Path folder) {
        Map<String, String> model = new LinkedHashMap<>();
        model.put("name", name);
        if (revision != null) {
            model.put("revision", revision);
        }
        model.put("arithmetic", lowerCase(config.model().dtype()));
        model.put("quantization", lowerCase(config.model().quantization()));
        model.put("weights_sha256", hash(folder));
        return model;
    }

    /** Returns the provenance of a file of answers. */
    Provenance ofAnswers(Path file) {
        Map<String, String> model = Map.of("answers", file.toString(), "answers_sha256", hashOfFile(file));
        return provenance(String.valueOf(file.getFileName()), model, Map.of(), Map.of());
    }

    /** Returns a hash of everything that answers depend on. */
    static String fingerprint(Provenance provenance) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (Object part : List.of(provenance.model(), provenance.prompt(), provenance.decoding())) {
            hasher.putString(part.toString(), StandardCharsets.UTF_8).putByte((byte) 0);
        }
        return hasher.hash().toString();
    }

    private Provenance provenance(
            String title, Map<String, String> model, Map<String, String> prompt, Map<String, String> decoding) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("name", lowerCase(config.data().dataset()));
        putPath(data, "path", config.data().path());
        putPath(data, "test_file", config.data().testFile());
        Map<String, String> versions = new LinkedHashMap<>(LibraryVersions.ofReports());
        versions.put("metrics", METRICS_VERSION);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new Provenance(title, now, versions, data, model, prompt, decoding, Map.of());
    }

    private static void putPath(Map<String, String> data, String name, @Nullable Path path) {
        if (path != null) {
            data.put(name, path.toString());
        }
    }

    private Map<String, String> prompt(List<Example> examples) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (Example example : examples) {
            hasher.putString(example.id(), StandardCharsets.UTF_8).putByte((byte) 0);
            hasher.putString(template.render(example.toQuestion()), StandardCharsets.UTF_8)
                    .putByte((byte) 0);
        }
        Map<String, String> prompt = new LinkedHashMap<>();
        prompt.put("format", lowerCase(config.data().promptFormat()));
        prompt.put(
                "schema_format",
                lowerCase(PromptTemplate.schemaFormat(
                        config.data().promptFormat(), config.data().schemaFormat())));
        prompt.put("sha256", hasher.hash().toString());
        return prompt;
    }

    private Map<String, String> decoding() {
        DecodingSettings settings = config.inference().decoding();
        Map<String, String> decoding = new LinkedHashMap<>();
        decoding.put("temperature", String.valueOf(settings.temperature()));
        decoding.put("top_p", String.valueOf(settings.topP()));
        decoding.put("top_k", String.valueOf(settings.topK()));
        decoding.put("min_p", String.valueOf(settings.minP()));
        decoding.put("repetition_penalty", String.valueOf(settings.repetitionPenalty()));
        if (config.inference().n() > 1) {
            decoding.put("n", String.valueOf(config.inference().n()));
        }
        decoding.put("num_beams", String.valueOf(settings.numBeams()));
        decoding.put("length_penalty", String.valueOf(settings.lengthPenalty()));
        decoding.put("seed", String.valueOf(settings.seed()));
        decoding.put("max_new_tokens", String.valueOf(settings.maxNewTokens()));
        decoding.put("weights", lowerCase(config.inference().weights()));
        return decoding;
    }

    private String hash(Path folder) {
        return hashes.computeIfAbsent(folder, EvaluationProvenance::hashOfWeights);
    }

    /**
     * Returns the SHA-256 of the names and contents of a folder's safetensors files, sorted by name: what reports call
     * {@code weights_sha256} and {@code adapter_sha256}.
     *
     * @throws SqlTuneException if they can't be read
     */
    public static String hashOfWeights(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Hasher hasher = Hashing.sha256().newHasher();
            for (Path file : files.filter(each -> each.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList()) {
                hasher.putString(String.valueOf(file.getFileName()), StandardCharsets.UTF_8);
                hasher.putString(hashOfFile(file), StandardCharsets.UTF_8);
            }
            return hasher.hash().toString();
        } catch (IOException e) {
            throw new SqlTuneException("Can't list " + folder + ": " + Failures.reason(e) + "; check the path", e);
        }
    }

    /** Returns the SHA-256 of a file, in hexadecimal digits. */
    static String hashOfFile(Path file) {
        try {
            return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the path", e);
        }
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
