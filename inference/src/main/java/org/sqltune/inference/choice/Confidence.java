package org.sqltune.inference.choice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.AnswerEvidence.Outcome;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.text.Failures;

/**
 * The probability that an answer is right, from what speaks for it: a logistic regression for answers that were chosen by
 * vote, and one for only answers. A model's own is in {@value #FILE} of its folder, fitted to questions that it wasn't trained
 * on; other models get one that was fitted to the bundled model.
 */
public final class Confidence {
    /** The file in a model's or adapter's folder. */
    public static final String FILE = "confidence.json";

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What answers are told apart by. */
    enum Kind {
        /** Chosen by vote. */
        VOTED("voted", List.of("share", "mean_logprob", "min_logprob", "rows", "failed")),
        /** The only answer, of which nobody ran the query. */
        ALONE("alone", List.of("mean_logprob", "min_logprob"));

        private final String key;
        private final List<String> features;

        Kind(String key, List<String> features) {
            this.key = key;
            this.features = features;
        }

        static Kind of(AnswerEvidence evidence) {
            return evidence.candidates() > 1 ? VOTED : ALONE;
        }

        double[] features(AnswerEvidence evidence) {
            return this == ALONE
                    ? new double[] {evidence.meanLogprob(), evidence.minLogprob()}
                    : new double[] {
                        evidence.share(),
                        evidence.meanLogprob(),
                        evidence.minLogprob(),
                        evidence.outcome() == Outcome.ROWS ? 1 : 0,
                        evidence.outcome() == Outcome.FAILED ? 1 : 0
                    };
        }
    }

    /** sqltune-nano on 300 questions of Spider's training part; docs/log.md has how. */
    private static final Confidence DEFAULT = new Confidence(
            new Logistic(-0.587, List.of(-0.475, 1.333, 1.214, 2.623, -1.434)),
            new Logistic(1.455, List.of(1.464, 2.598)));

    private final Logistic voted;
    private final Logistic alone;

    private Confidence(Logistic voted, Logistic alone) {
        this.voted = voted;
        this.alone = alone;
    }

    /** What models have that nobody fitted one for. */
    public static Confidence ofDefault() {
        return DEFAULT;
    }

    /**
     * A model's own, else the default.
     *
     * @param folder the model's or adapter's files
     * @throws SqlTuneException if its file is there and can't be read
     */
    public static Confidence ofModel(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        try {
            JsonNode node = JSON.readTree(file.toFile());
            if (node.path("format").asInt() != FORMAT) {
                throw new SqlTuneException(file + " has format " + node.path("format") + ", and this release reads "
                        + FORMAT + ": delete it, or fit it again with sqltune eval --calibrate");
            }
            return new Confidence(
                    read(node, Kind.VOTED, file).orElse(DEFAULT.voted),
                    read(node, Kind.ALONE, file).orElse(DEFAULT.alone));
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read " + file + ": " + Failures.reason(e) + "; delete it, or fit it again with sqltune eval"
                            + " --calibrate",
                    e);
        }
    }

    private static Optional<Logistic> read(JsonNode node, Kind kind, Path file) {
        JsonNode own = node.path(kind.key);
        if (!own.isObject()) {
            return Optional.empty();
        }
        List<Double> weights = new ArrayList<>();
        for (String feature : kind.features) {
            weights.add(number(own, feature, kind, file));
        }
        return Optional.of(new Logistic(number(own, "bias", kind, file), weights));
    }

    private static double number(JsonNode own, String name, Kind kind, Path file) {
        JsonNode value = own.path(name);
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw new SqlTuneException(file + " has no number " + kind.key + "." + name
                    + ": delete it, or fit it again with sqltune eval --calibrate");
        }
        return value.asDouble();
    }

    /** The probability that an answer is right; null without evidence. */
    public @Nullable Double of(@Nullable AnswerEvidence evidence) {
        if (evidence == null) {
            return null;
        }
        Kind kind = Kind.of(evidence);
        double probability = (kind == Kind.VOTED ? voted : alone).probability(kind.features(evidence));
        // Further digits depend on how products are rounded: on the batch, and on how weights are held.
        return Math.rint(probability * 10_000) / 10_000;
    }

    /**
     * An answer to a question that the model wasn't trained on.
     *
     * @param right whether it gave the gold query's result
     */
    public record Judged(AnswerEvidence evidence, boolean right) {}

    /**
     * Fits a regression to answers, and keeps it in a model's folder; one of the other kind stays.
     *
     * @param answers all of the same kind: by vote, or not
     * @throws SqlTuneException if there are too few answers, or the file can't be written
     */
    public static Confidence fit(List<Judged> answers, Path folder) {
        if (answers.size() < 20) {
            throw new SqlTuneException("Confidence can't be fitted to " + answers.size()
                    + " answers: use at least 20 questions that the model wasn't trained on");
        }
        Confidence before = ofModel(folder);
        Kind kind = Kind.of(answers.get(0).evidence());
        Logistic fitted = Logistic.fit(answers.stream()
                .map(each -> new Logistic.Example(kind.features(each.evidence()), each.right()))
                .toList());
        Path file = folder.resolve(FILE);
        ObjectNode node = existing(file);
        node.put("format", FORMAT);
        ObjectNode own = node.putObject(kind.key);
        own.put("questions", answers.size());
        own.put("right", answers.stream().filter(Judged::right).count());
        own.put("bias", fitted.bias());
        for (int i = 0; i < kind.features.size(); i++) {
            own.put(kind.features.get(i), fitted.weights().get(i));
        }
        AtomicFiles.writeString(file, node.toPrettyString() + "\n");
        return kind == Kind.VOTED ? new Confidence(fitted, before.alone) : new Confidence(before.voted, fitted);
    }

    private static ObjectNode existing(Path file) {
        try {
            return Files.exists(file)
                    ? (ObjectNode) Objects.requireNonNull(JSON.readTree(file.toFile()))
                    : JSON.createObjectNode();
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e), e);
        }
    }
}
