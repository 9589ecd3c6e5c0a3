package org.sqltune.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.core.io.FileHashes;
import org.sqltune.data.split.Splits;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.folder.FolderFingerprint;
import org.sqltune.training.ResumeChange;
import org.sqltune.training.ResumeChange.Kind;
import org.sqltune.training.batch.TokenizedExample;

/**
 * What makes a run that run: {@value #FILE} of a checkpoint.
 *
 * @param config the configuration, by section and key; null if the trainer was used without one
 * @param trainingData SHA-256 of the training set's tokens, in order
 * @param validationData SHA-256 of the validation set's tokens, in order
 * @param base fingerprint of the base model's files
 * @param arithmetic element type of the arithmetic, such as {@code bfloat16}
 */
public record RunIdentity(
        @Nullable JsonNode config, String trainingData, String validationData, String base, String arithmetic) {
    static final String FILE = "checkpoint.json";

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Returns the identity of a run with these parts. */
    public static RunIdentity of(@Nullable RunConfig config, LanguageModel model, Splits<TokenizedExample> sets) {
        return new RunIdentity(
                config == null ? null : RunConfigWriter.toTree(config),
                hash(sets.train()),
                hash(sets.validation()),
                FolderFingerprint.of(model.folder()),
                model.decoder().type().name().toLowerCase(Locale.ROOT));
    }

    private static String hash(List<TokenizedExample> examples) {
        MessageDigest digest = FileHashes.sha256();
        for (TokenizedExample example : examples) {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (int) (2 + example.length()));
            for (long[] ids : List.of(example.prompt(), example.completion())) {
                bytes.putLong(ids.length);
                bytes.asLongBuffer().put(ids);
                bytes.position(bytes.position() + Long.BYTES * ids.length);
            }
            digest.update(bytes.flip());
        }
        return FileHashes.hex(digest);
    }

    void writeInto(Path folder) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("format", FORMAT);
        json.put("training_data_sha256", trainingData);
        json.put("validation_data_sha256", validationData);
        json.put("base_fingerprint", base);
        json.put("arithmetic", arithmetic);
        json.set("config", config);
        JSON.writeValue(folder.resolve(FILE).toFile(), json);
    }

    /** Reads a checkpoint's identity. */
    static RunIdentity read(Path checkpoint) {
        Path file = checkpoint.resolve(FILE);
        try {
            JsonNode json = JSON.readTree(file.toFile());
            if (json.path("format").asInt() != FORMAT) {
                throw new SqlTuneException(file + " has format " + json.path("format") + ", and this version knows "
                        + FORMAT + ": resume with the version that wrote it");
            }
            return new RunIdentity(
                    json.path("config").isObject() ? json.path("config") : null,
                    json.path("training_data_sha256").asText(),
                    json.path("validation_data_sha256").asText(),
                    json.path("base_fingerprint").asText(),
                    json.path("arithmetic").asText());
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns what is different in this run. Keys that one of the versions doesn't know are left out. */
    List<ResumeChange> changesSince(RunIdentity before) {
        List<ResumeChange> changes = new ArrayList<>();
        addHash(changes, "the training data", before.trainingData, trainingData, Kind.DATA);
        addHash(changes, "the validation data", before.validationData, validationData, Kind.DATA);
        addHash(changes, "the base model", before.base, base, Kind.BASE);
        if (!before.arithmetic.equals(arithmetic)) {
            changes.add(new ResumeChange("the arithmetic", before.arithmetic, arithmetic, Kind.DTYPE));
        }
        if (before.config != null && config != null) {
            for (Map.Entry<String, JsonNode> section : config.properties()) {
                addKeys(changes, section.getKey(), before.config.path(section.getKey()), section.getValue());
            }
            add(changes, "training.examples_per_step", examplesPerStep(before.config), examplesPerStep(config));
        }
        return changes;
    }

    private static void addKeys(List<ResumeChange> changes, String section, JsonNode before, JsonNode now) {
        for (Map.Entry<String, JsonNode> entry : now.properties()) {
            JsonNode then = before.get(entry.getKey());
            if (then != null) {
                add(changes, section + "." + entry.getKey(), text(then), text(entry.getValue()));
            }
        }
    }

    private static void add(List<ResumeChange> changes, String key, String before, String now) {
        if (!before.equals(now)) {
            changes.add(ResumeChange.ofKey(key, before, now));
        }
    }

    private static void addHash(List<ResumeChange> changes, String name, String before, String now, Kind kind) {
        if (!before.equals(now)) {
            changes.add(new ResumeChange(name, shortened(before), shortened(now), kind));
        }
    }

    private static String shortened(String hash) {
        return "sha256 " + hash.substring(0, Math.min(12, hash.length())) + "…";
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static String examplesPerStep(JsonNode config) {
        JsonNode training = config.path("training");
        return Long.toString(training.path("per_device_train_batch_size").asLong()
                * training.path("gradient_accumulation_steps").asLong());
    }
}
