package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DecodingSettings;

/**
 * How a prompt is continued.
 *
 * @param sampling how a token is drawn
 * @param maxNewTokens tokens generated at most
 * @param n how many answers are given: samples with seeds of their own, or the best of the beams
 * @param beams answers that beam search continues at once; 1 for none
 * @param lengthPenalty power of the length that a beam's log-probability is divided by
 * @param logprobs how many of the most likely tokens are told at each place, beside the one that was chosen; empty if no
 *     probabilities are asked for
 * @param speculation tokens that are proposed at most and verified in one pass, which changes no answer; 0 for none
 */
public record GenerationSettings(
        Sampling sampling,
        int maxNewTokens,
        int n,
        int beams,
        double lengthPenalty,
        OptionalInt logprobs,
        int speculation) {
    private static final int MOST_LOGPROBS = 100;

    /** @throws ConfigException if something isn't possible; it lists all that isn't */
    public GenerationSettings {
        List<String> faults = new ArrayList<>();
        Faults of = new Faults(faults);
        of.check("temperature", sampling.temperature(), atLeastZero(sampling.temperature()), "a number of at least 0");
        of.check(
                "top_p",
                sampling.topP(),
                sampling.topP() > 0 && sampling.topP() <= 1,
                "a number above 0 and at most 1");
        of.check("top_k", sampling.topK(), sampling.topK() >= 0, "a whole number of at least 0, which stands for all");
        of.check("min_p", sampling.minP(), sampling.minP() >= 0 && sampling.minP() <= 1, "a number from 0 to 1");
        double penalty = sampling.repetitionPenalty();
        of.check("repetition_penalty", penalty, penalty > 0 && Double.isFinite(penalty), "a number above 0");
        of.check("max_new_tokens", maxNewTokens, maxNewTokens >= 0, "a whole number of at least 0");
        of.check("num_beams", beams, beams >= 1, "a whole number of at least 1");
        of.check("length_penalty", lengthPenalty, Double.isFinite(lengthPenalty), "a number");
        of.check("n", n, n >= 1, "a whole number of at least 1");
        int told = logprobs.orElse(0);
        of.check("logprobs", told, told >= 0 && told <= MOST_LOGPROBS, "a whole number from 0 to " + MOST_LOGPROBS);
        of.check("speculation", speculation, speculation >= 0, "a whole number of at least 0");
        of.check(
                "num_beams", beams, beams <= 1 || sampling.greedy(), "1, or temperature 0: beam search doesn't sample");
        boolean different = n <= 1 || !sampling.greedy() || n <= beams;
        of.check(
                "n", n, different, "1, a temperature above 0, or at least as many num_beams: greedy answers are alike");
        if (!faults.isEmpty()) {
            throw new ConfigException("How to decode", faults);
        }
    }

    private record Faults(List<String> faults) {
        void check(String name, Number value, boolean possible, String remedy) {
            if (!possible) {
                faults.add(name + " is " + value + ": give " + remedy);
            }
        }
    }

    private static boolean atLeastZero(double value) {
        return value >= 0 && Double.isFinite(value);
    }

    /** One answer, sampled from a nucleus, or greedy with temperature 0. */
    public GenerationSettings(double temperature, double topP, int maxNewTokens, long seed) {
        this(new Sampling(temperature, topP, 0, 0, 1, seed), maxNewTokens);
    }

    /** One answer. */
    public GenerationSettings(Sampling sampling, int maxNewTokens) {
        this(sampling, maxNewTokens, 1, 1, 1, OptionalInt.empty(), 0);
    }

    /** The most likely token each time. */
    public static GenerationSettings greedy(int maxNewTokens) {
        return new GenerationSettings(Sampling.GREEDY, maxNewTokens);
    }

    /** One answer, as a configuration says. */
    public static GenerationSettings of(DecodingSettings settings) {
        Sampling sampling = new Sampling(
                settings.temperature(),
                settings.topP(),
                settings.topK(),
                settings.minP(),
                settings.repetitionPenalty(),
                settings.seed());
        return new GenerationSettings(
                sampling,
                settings.maxNewTokens(),
                1,
                settings.numBeams(),
                settings.lengthPenalty(),
                OptionalInt.empty(),
                settings.speculation());
    }

    /** The same with another seed. */
    public GenerationSettings withSeed(long seed) {
        return new GenerationSettings(
                sampling.withSeed(seed), maxNewTokens, n, beams, lengthPenalty, logprobs, speculation);
    }

    /** The same with another limit of tokens. */
    public GenerationSettings withMaxNewTokens(int limit) {
        return new GenerationSettings(sampling, limit, n, beams, lengthPenalty, logprobs, speculation);
    }

    /** The same with this many answers. */
    public GenerationSettings withN(int answers) {
        return new GenerationSettings(sampling, maxNewTokens, answers, beams, lengthPenalty, logprobs, speculation);
    }

    /** The same by beam search. */
    public GenerationSettings withBeams(int newBeams, double newLengthPenalty) {
        return new GenerationSettings(sampling, maxNewTokens, n, newBeams, newLengthPenalty, logprobs, speculation);
    }

    /** The same with probabilities: those of chosen tokens, and of this many of the most likely ones at each place. */
    public GenerationSettings withLogprobs(int mostLikely) {
        return new GenerationSettings(
                sampling, maxNewTokens, n, beams, lengthPenalty, OptionalInt.of(mostLikely), speculation);
    }

    /** The same with at most this many proposed tokens. */
    public GenerationSettings withSpeculation(int proposed) {
        return new GenerationSettings(sampling, maxNewTokens, n, beams, lengthPenalty, logprobs, proposed);
    }

    /** How many answers are continued at once. */
    public int width() {
        return Math.max(n, beams);
    }
}
