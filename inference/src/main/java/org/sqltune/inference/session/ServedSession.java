package org.sqltune.inference.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.answer.Answer;
import org.sqltune.inference.answer.AnswerConstraint;
import org.sqltune.inference.answer.AnswerPrompt;
import org.sqltune.inference.answer.AnswerRequest;
import org.sqltune.inference.answer.AnswerService;
import org.sqltune.inference.answer.Predictions;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.Sampling;

/** Answers through a service, so that an answer is seen as it grows and is cancelled at once. For one thread at a time. */
public final class ServedSession implements SessionModel {
    private final AnswerService service;
    private final AdapterSwitch adapters;
    private final AnswerConstraint constraint;
    private final @Nullable Voters voters;
    private GenerationSettings decoding;
    private int n;

    /** Makes a predictor whose answers are chosen among candidates. */
    @FunctionalInterface
    public interface Voters {
        /** @param n candidates of each answer, at least 2 */
        SqlPredictor of(GenerationSettings decoding, int n);
    }

    /**
     * @param adapters which adapter answers
     * @param decoding how to decode until {@code \set} changes it
     */
    public ServedSession(AnswerService service, AdapterSwitch adapters, GenerationSettings decoding) {
        this(service, adapters, decoding, AnswerConstraint.NONE, null, 1);
    }

    /**
     * As {@link #ServedSession(AnswerService, AdapterSwitch, GenerationSettings)}, where answers may be chosen among candidates.
     * Those aren't seen as they grow.
     *
     * @param constraint what answers are kept to
     * @param voters chooses, by the adapter in use; null if nothing can
     * @param n candidates of each answer until {@code \set} changes it; 1 for the only answer
     */
    public ServedSession(
            AnswerService service,
            AdapterSwitch adapters,
            GenerationSettings decoding,
            AnswerConstraint constraint,
            @Nullable Voters voters,
            int n) {
        this.service = service;
        this.adapters = adapters;
        this.decoding = decoding;
        this.constraint = constraint;
        this.voters = voters;
        this.n = n;
    }

    @Override
    public Answered answer(SqlQuestion question, TextListener listener) {
        if (n > 1 && voters != null) {
            return new Answered(
                    voters.of(decoding, n)
                            .predict(List.of(question), ProgressListener.NONE)
                            .get(0),
                    null);
        }
        AnswerRequest request =
                AnswerRequest.of(new AnswerPrompt.Question(question), decoding).withConstraint(constraint);
        boolean base = adapters.active().equals(AdapterSwitch.BASE);
        try {
            Answer answer = service.submit(base ? request : request.withAdapter(adapters.active()), listener)
                    .await();
            return new Answered(Predictions.of(question, answer), answer.text());
        } catch (CancellationException e) {
            throw new InterruptedWorkException("The answer was stopped");
        }
    }

    @Override
    public AdapterSwitch adapters() {
        return adapters;
    }

    @Override
    public Map<String, String> settings() {
        Sampling sampling = decoding.sampling();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("temperature", String.valueOf(sampling.temperature()));
        settings.put("top_p", String.valueOf(sampling.topP()));
        settings.put("top_k", String.valueOf(sampling.topK()));
        settings.put("min_p", String.valueOf(sampling.minP()));
        settings.put("repetition_penalty", String.valueOf(sampling.repetitionPenalty()));
        settings.put("seed", String.valueOf(sampling.seed()));
        settings.put("max_new_tokens", String.valueOf(decoding.maxNewTokens()));
        if (voters != null) {
            settings.put("n", String.valueOf(n));
        }
        return settings;
    }

    @Override
    public void set(String name, String value) {
        Map<String, String> changed = settings();
        if (changed.replace(name, value) == null) {
            throw new SqlTuneException(
                    "There is no setting " + name + ": there are " + String.join(", ", changed.keySet()));
        }
        try {
            int newN = candidates(changed.getOrDefault("n", "1"));
            Sampling sampling = new Sampling(
                    Double.parseDouble(value(changed, "temperature")),
                    Double.parseDouble(value(changed, "top_p")),
                    Integer.parseInt(value(changed, "top_k")),
                    Double.parseDouble(value(changed, "min_p")),
                    Double.parseDouble(value(changed, "repetition_penalty")),
                    Long.parseLong(value(changed, "seed")));
            decoding = new GenerationSettings(
                    sampling,
                    Integer.parseInt(value(changed, "max_new_tokens")),
                    1,
                    decoding.beams(),
                    decoding.lengthPenalty(),
                    decoding.logprobs(),
                    decoding.speculation());
            n = newN;
        } catch (NumberFormatException e) {
            throw new SqlTuneException(name + " is a number, not '" + value + "'", e);
        }
    }

    private static int candidates(String value) {
        int candidates = Integer.parseInt(value);
        if (candidates < 1) {
            throw new SqlTuneException("n is " + value + ": give a whole number of at least 1");
        }
        return candidates;
    }

    private static String value(Map<String, String> settings, String name) {
        return Objects.requireNonNull(settings.get(name), name);
    }
}
