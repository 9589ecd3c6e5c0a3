package org.sqltune.model.architecture;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;

/** Reads a model's sizes from config.json and checks that they go together. */
final class SizesReader {
    /** Wider than any model's; beyond it a product of two sizes doesn't fit a whole number. */
    private static final long WIDEST = 1 << 28;

    /** More elements than any matrix of a model has; beyond it their sum over all layers may not be countable. */
    private static final long LARGEST_MATRIX = 1L << 40;

    private static final long MOST_LAYERS = 10_000;

    private final ConfigFile config;

    SizesReader(ConfigFile config) {
        this.config = config;
    }

    /** As {@link #read(int, Integer)} where every head has keys of its own unless the file says otherwise. */
    DecoderSizes read() {
        return read(config.size("num_attention_heads"), null);
    }

    /**
     * The sizes.
     *
     * @param keyValueHeads heads of keys and values where the file doesn't say
     * @param headDim width of a head where the file doesn't say; null if the other sizes decide
     * @throws SqlTuneException if one is missing, isn't a positive whole number or contradicts another
     */
    DecoderSizes read(int keyValueHeads, @Nullable Integer headDim) {
        int hidden = config.size("hidden_size");
        int heads = config.size("num_attention_heads");
        DecoderSizes sizes = new DecoderSizes(
                config.size("vocab_size"),
                hidden,
                config.size("intermediate_size"),
                config.size("num_hidden_layers"),
                heads,
                // null there means as many as heads, in every family.
                config.isNull("num_key_value_heads") ? heads : config.size("num_key_value_heads", keyValueHeads),
                headDim(hidden, heads, headDim),
                config.size("max_position_embeddings", 2048));
        check(sizes);
        return sizes;
    }

    private int headDim(int hidden, int heads, @Nullable Integer fallback) {
        Integer given = config.optionalSize("head_dim");
        if (given != null) {
            return given;
        }
        if (fallback != null) {
            return fallback;
        }
        if (hidden % heads != 0) {
            throw config.fault("num_attention_heads " + heads + " doesn't divide hidden_size " + hidden
                    + ", and there is no head_dim. Check that the file belongs to the weights");
        }
        return hidden / heads;
    }

    private void check(DecoderSizes sizes) {
        if (sizes.heads() % sizes.keyValueHeads() != 0) {
            throw config.fault("num_key_value_heads " + sizes.keyValueHeads() + " doesn't divide num_attention_heads "
                    + sizes.heads() + ". Check that the file belongs to the weights");
        }
        long hidden = sizes.hiddenSize();
        long queries = (long) sizes.heads() * sizes.headDim();
        requireAtMost(WIDEST, "num_attention_heads times head_dim", queries);
        requireAtMost(WIDEST, "hidden_size", hidden);
        requireAtMost(WIDEST, "intermediate_size", sizes.intermediateSize());
        requireAtMost(MOST_LAYERS, "num_hidden_layers", sizes.layers());
        requireAtMost(LARGEST_MATRIX, "vocab_size times hidden_size", sizes.vocabSize() * hidden);
        requireAtMost(LARGEST_MATRIX, "hidden_size times intermediate_size", hidden * sizes.intermediateSize());
        requireAtMost(LARGEST_MATRIX, "hidden_size times all heads' head_dim", hidden * queries);
    }

    private void requireAtMost(long most, String what, long size) {
        if (size > most) {
            throw config.fault(what + " is " + size + ", more than any model has. Check that the file is whole");
        }
    }
}
