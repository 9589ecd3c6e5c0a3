package org.sqltune.model.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.Rope;
import org.sqltune.model.config.RopeScaling;

/**
 * Reads what config.json says of the rotary embedding, as transformers 4 writes it ({@code rope_theta},
 * {@code rope_scaling}) and as transformers 5 does ({@code rope_parameters}). Formulas: transformers,
 * modeling_rope_utils.py.
 */
final class RopeReader {
    private static final List<String> SUPPORTED = List.of("default", "linear", "dynamic", "llama3", "yarn", "longrope");

    private final ConfigFile config;
    private final DecoderSizes sizes;
    private final JsonNode parameters;

    RopeReader(ConfigFile config, DecoderSizes sizes) {
        this.config = config;
        this.sizes = sizes;
        JsonNode old = config.node("rope_scaling");
        this.parameters = onlyOne(old.isObject() && !old.isEmpty() ? old : config.node("rope_parameters"));
    }

    /** Some configs say it for each kind of layer; no family here has layers that rotate differently. */
    private JsonNode onlyOne(JsonNode given) {
        Set<JsonNode> nested = new HashSet<>();
        for (String kind : List.of("full_attention", "sliding_attention")) {
            if (given.path(kind).isObject()) {
                nested.add(given.path(kind));
            }
        }
        if (nested.size() > 1) {
            throw config.fault("rope_parameters that differ between kinds of layers are not supported: " + given);
        }
        return nested.isEmpty() ? given : nested.iterator().next();
    }

    /** The embedding of a family that turns whole heads. */
    Rope read() {
        double share =
                config.positive(parameters, "partial_rotary_factor", config.positive("partial_rotary_factor", 1));
        if (share != 1) {
            throw config.fault(
                    "partial_rotary_factor " + share + " is not supported: this model_type turns whole heads");
        }
        return rope("rope_theta", 1);
    }

    /**
     * The embedding of a family that may turn a part of each head.
     *
     * @param thetaKey where transformers 4 has the base
     * @param shareKey where transformers 4 has the share of each head that turns
     * @param shareFallback that share where the file doesn't say
     */
    Rope readPartial(String thetaKey, String shareKey, double shareFallback) {
        double share = config.positive(parameters, "partial_rotary_factor", config.positive(shareKey, shareFallback));
        if (share > 1) {
            throw config.fault("partial_rotary_factor must be at most 1, not " + share);
        }
        return rope(thetaKey, share);
    }

    private Rope rope(String thetaKey, double share) {
        int dimension = (int) (sizes.headDim() * share);
        double theta = config.positive(
                parameters, "rope_theta", config.positive(thetaKey, config.positive("rope_theta", 10_000)));
        Rope rope = new Rope(theta, dimension, scaling(dimension));
        if (rope.size() > sizes.headDim()) {
            throw config.fault("head_dim " + sizes.headDim() + " is odd, but rotary embeddings turn pairs of numbers");
        }
        if (rope.size() == 0) {
            throw config.fault(
                    "partial_rotary_factor " + share + " leaves nothing of head_dim " + sizes.headDim() + " to turn");
        }
        return rope;
    }

    private RopeScaling scaling(int dimension) {
        String type =
                parameters.path("rope_type").asText(parameters.path("type").asText("default"));
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(number("factor"));
            case "dynamic" -> dynamic(dimension);
            case "llama3" -> llama3();
            case "yarn" -> yarn();
            case "longrope", "su" -> longRope(dimension);
            default ->
                throw config.fault(
                        "rope scaling '" + type + "' is not supported. Supported: " + String.join(", ", SUPPORTED));
        };
    }

    private RopeScaling dynamic(int dimension) {
        if (dimension <= 2) {
            throw config.fault("rope scaling 'dynamic' needs more than 2 numbers of a head to turn, not " + dimension);
        }
        return new RopeScaling.Dynamic(number("factor"), sizes.maxPositions());
    }

    private RopeScaling llama3() {
        double low = number("low_freq_factor");
        double high = number("high_freq_factor");
        if (high <= low) {
            throw config.fault("rope scaling's high_freq_factor " + high + " must be above its low_freq_factor " + low);
        }
        return new RopeScaling.Llama3(number("factor"), low, high, originalPositions());
    }

    private RopeScaling yarn() {
        double factor = number("factor");
        boolean both = parameters.hasNonNull("mscale") && parameters.hasNonNull("mscale_all_dim");
        double magnitude = both
                ? yarnMagnitude(factor, number("mscale")) / yarnMagnitude(factor, number("mscale_all_dim"))
                : yarnMagnitude(factor, 1);
        return new RopeScaling.Yarn(
                factor,
                originalPositions(),
                config.positive(parameters, "beta_fast", 32),
                config.positive(parameters, "beta_slow", 1),
                parameters.path("truncate").asBoolean(true),
                config.positive(parameters, "attention_factor", magnitude));
    }

    private static double yarnMagnitude(double factor, double weight) {
        return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
    }

    private RopeScaling longRope(int dimension) {
        int original = originalPositions();
        double factor = config.positive(parameters, "factor", (double) sizes.maxPositions() / original);
        double magnitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
        return new RopeScaling.LongRope(
                factors("short_factor", dimension),
                factors("long_factor", dimension),
                original,
                config.positive(parameters, "attention_factor", magnitude));
    }

    /** Phi-3 has it beside the rotary parameters. */
    private int originalPositions() {
        String key = "original_max_position_embeddings";
        double inside = config.positive(parameters, key, sizes.maxPositions());
        return (int) config.positive(key, inside);
    }

    private double number(String key) {
        if (!parameters.path(key).isNumber()) {
            throw config.fault("rope scaling needs the number " + key + ", found " + parameters);
        }
        return config.positive(parameters, key, 1);
    }

    private List<Double> factors(String key, int dimension) {
        List<Double> factors = new ArrayList<>();
        for (JsonNode each : parameters.path(key)) {
            if (!each.isNumber() || !(each.asDouble() > 0)) {
                throw config.fault("rope scaling's " + key + " must hold positive numbers, not " + each);
            }
            factors.add(each.asDouble());
        }
        if (factors.size() != (dimension + 1) / 2) {
            throw config.fault("rope scaling's " + key + " must hold " + (dimension + 1) / 2
                    + " numbers, one for each pair of a head, not " + factors.size());
        }
        return factors;
    }
}
