package org.sqltune.model.lora;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TextAdapter;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.weight.Parameter;
import org.sqltune.model.weight.Projection;
import org.sqltune.model.weight.ProjectionUpdate;
import org.sqltune.model.weight.TrainableParameters;

/**
 * Low-rank updates of some of a decoder's linear layers (LoRA: Hu et al., arXiv:2106.09685), as rsLoRA, DoRA or PiSSA where
 * the configuration says so. The decoder stays as it is; the adapter attaches to it, detaches from it, and merges into its
 * weights.
 */
public final class LoraAdapter implements TrainableParameters, AutoCloseable {
    private final LoraConfig config;
    private final Decoder decoder;
    private final TensorScope scope;
    private final List<LoraLinear> linears = new ArrayList<>();
    private boolean merged;
    private @Nullable TextAdapter forTexts;

    /** @throws SqlTuneException if the decoder's layers lack one of the targets */
    LoraAdapter(Decoder decoder, LoraConfig config, LoraSource source) {
        this.decoder = decoder;
        this.config = config.forModel(decoder.config());
        this.scope = decoder.torch().scope();
        try {
            LoraLinear.Maker maker = new LoraLinear.Maker(decoder, this.config, scope, source);
            for (int layer = 0; layer < decoder.config().layers(); layer++) {
                for (Projection projection : decoder.layer(layer).projections()) {
                    if (this.config.adapts(layer, projection.path())) {
                        linears.add(maker.make(layer, projection));
                    }
                }
            }
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /**
     * A fresh adapter that changes nothing yet: A random, B zero.
     *
     * @param seed decides A
     */
    public static LoraAdapter create(Decoder decoder, LoraConfig config, long seed) {
        return create(decoder, config, new LoraInitialization.Uniform(), seed);
    }

    /**
     * A fresh adapter that changes nothing yet.
     *
     * @param initialization how it begins
     * @param seed decides what is random about that
     * @throws SqlTuneException if the configuration doesn't fit the decoder or the initialisation
     */
    public static LoraAdapter create(Decoder decoder, LoraConfig config, LoraInitialization initialization, long seed) {
        boolean principal = initialization instanceof LoraInitialization.Principal;
        if (principal && config.weightDecomposed()) {
            throw new SqlTuneException(
                    "PiSSA and DoRA don't go together, for what PiSSA learned is saved as plain LoRA:"
                            + " set use_dora: false, or another init_lora_weights");
        }
        LoraAdapter adapter = new LoraAdapter(decoder, config, initialization.source(decoder.torch(), seed));
        try {
            adapter.requirePatternsMatch();
            return adapter;
        } catch (SqlTuneException e) {
            adapter.close();
            throw e;
        }
    }

    private void requirePatternsMatch() {
        List<String> paths =
                linears.stream().map(each -> each.projection().path()).toList();
        Stream.concat(config.ranks().without(paths).stream(), config.alphas().without(paths).stream())
                .findFirst()
                .ifPresent(key -> {
                    throw new SqlTuneException("rank_pattern or alpha_pattern names " + key
                            + ", which none of the adapted linear layers matches. Their names end in "
                            + String.join(", ", config.targets()));
                });
    }

    /**
     * What texts have that are computed with this adapter beside texts of others; nothing is attached to the decoder. Always
     * the same object. It must be forgotten by those who computed with it before this is closed.
     *
     * @param name what errors call it
     * @throws IllegalArgumentException if it took over a part of the weights (PiSSA that is being trained)
     */
    public TextAdapter forTexts(String name) {
        if (forTexts == null) {
            Map<Projection, ProjectionUpdate> updates = new HashMap<>();
            linears.forEach(linear -> updates.put(linear.projection(), linear.update()));
            forTexts = new TextAdapter(name, updates);
        }
        return forTexts;
    }

    /** Its shape, with targets by name. */
    public LoraConfig config() {
        return config;
    }

    /** The updates, layer by layer. */
    public List<LoraLinear> linears() {
        return List.copyOf(linears);
    }

    /**
     * From now on the decoder computes with this adapter.
     *
     * @throws IllegalStateException if it is merged
     */
    public void attach() {
        if (merged) {
            throw new IllegalStateException("the adapter is merged: unmerge it first");
        }
        linears.forEach(LoraLinear::attach);
    }

    /** From now on the decoder computes without an adapter. */
    public void detach() {
        linears.forEach(LoraLinear::detach);
    }

    /**
     * Detaches, and puts weights that include the updates in the place of the decoder's. The old ones are kept for {@link
     * #unmerge}, until this is closed.
     *
     * @throws SqlTuneException if the weights are quantised; nothing is merged then
     */
    public void merge() {
        detach();
        if (!merged) {
            linears.forEach(linear -> linear.projection().weight().value());
            linears.forEach(linear -> linear.merge(decoder.torch(), decoder.scope(), scope));
            merged = true;
        }
    }

    /** Gives the decoder the weights back that it had before {@link #merge}, the very same. This stays detached. */
    public void unmerge() {
        if (merged) {
            linears.forEach(linear -> linear.unmerge(decoder.scope()));
            merged = false;
        }
    }

    /** What is trained, by the names in PEFT's files, fp32. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        all().forEach(parameter -> tensors.put(parameter.name(), parameter.master()));
        return tensors;
    }

    /**
     * What goes into files, for the base as it is: a PiSSA adapter as plain LoRA of twice the rank ([A; A₀], [B, −B₀]), as
     * PEFT converts it.
     */
    Map<String, Tensor> saved(TensorScope temporary) {
        Map<String, Tensor> saved = new LinkedHashMap<>();
        linears.forEach(linear -> saved.putAll(linear.saved(temporary)));
        return saved;
    }

    /** The configuration of what {@link #saved} gives. */
    LoraConfig savedConfig() {
        return linears.stream().anyMatch(LoraLinear::isResidual) ? config.withTwiceTheRank() : config;
    }

    /**
     * Takes the values of a file that {@link #saved} went into, bit for bit.
     *
     * @param how {@code EXACT} where the file was written of an adapter of the same configuration
     * @return how many tensors kept their values, as the file has none that fits
     */
    public int restore(SafetensorsReader file, Restoration how) {
        return linears.stream()
                .mapToInt(linear -> linear.restore(decoder.torch(), file, how))
                .sum();
    }

    @Override
    public List<Parameter> layer(int index) {
        return linears.stream()
                .filter(linear -> linear.layer() == index)
                .flatMap(linear -> linear.parameters().stream())
                .toList();
    }

    @Override
    public List<Parameter> finalNorm() {
        return List.of();
    }

    @Override
    public Optional<Parameter> head() {
        return Optional.empty();
    }

    @Override
    public Optional<Parameter> embedding() {
        return Optional.empty();
    }

    @Override
    public List<Parameter> all() {
        return linears.stream().flatMap(linear -> linear.parameters().stream()).toList();
    }

    /** Frees the matrices; what is merged stays so. Detach first if the decoder is still used. */
    @Override
    public void close() {
        scope.close();
    }
}
