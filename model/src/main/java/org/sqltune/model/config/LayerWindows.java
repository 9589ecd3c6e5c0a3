package org.sqltune.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads how far back each layer's tokens see: a number of tokens, the token itself included, or 0 for all. */
public final class LayerWindows {
    private final ConfigFile config;
    private final int layers;

    public LayerWindows(ConfigFile config, int layers) {
        this.config = config;
        this.layers = layers;
    }

    /** Every layer sees everything. */
    static List<Integer> none(int layers) {
        return Collections.nCopies(layers, 0);
    }

    /** {@code sliding_window} on every layer, if there is one. */
    public List<Integer> onEveryLayer() {
        Integer window = config.optionalSize("sliding_window");
        return Collections.nCopies(layers, window == null ? 0 : window);
    }

    /** {@code sliding_window} on the layers that {@code layer_types} names, or else on those of the family's rule. */
    public List<Integer> byLayerType(int window, IntPredicate rule) {
        JsonNode types = config.node("layer_types");
        if (types.isArray() && types.size() != layers) {
            throw config.fault("layer_types names " + types.size() + " layers, but num_hidden_layers is " + layers);
        }
        List<Integer> windows = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            boolean sliding = types.isArray() ? isSliding(types.path(i)) : rule.test(i);
            windows.add(sliding ? window : 0);
        }
        return windows;
    }

    /** {@code use_sliding_window}, and the layers from {@code max_window_layers} on, as Qwen's models have it. */
    public List<Integer> fromSomeLayerOn() {
        if (!config.flag("use_sliding_window", false) || config.isNull("sliding_window")) {
            return none(layers);
        }
        JsonNode first = config.node("max_window_layers");
        if (!first.isMissingNode() && (!first.isInt() || first.asInt() < 0)) {
            throw config.fault("max_window_layers must be a whole number from 0, not " + first);
        }
        return byLayerType(config.size("sliding_window", 4096), i -> i >= first.asInt(28));
    }

    private boolean isSliding(JsonNode type) {
        return switch (type.asText()) {
            case "sliding_attention" -> true;
            case "full_attention" -> false;
            default ->
                throw config.fault("layer_types holds " + type
                        + ", which is not supported. Supported: full_attention, sliding_attention");
        };
    }
}
