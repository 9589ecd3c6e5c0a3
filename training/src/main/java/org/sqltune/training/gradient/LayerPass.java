package org.sqltune.training.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.DecoderLayers;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.weight.Parameter;

/** One layer forwards and, later, backwards: what is kept between the two is what checkpointing decides. */
final class LayerPass {
    private final Torch torch;
    private final DecoderLayers layers;
    private final double dropout;
    private final GradientCheckpointing checkpointing;

    /**
     * @param dropout probability of dropping an input of a trained update
     * @param checkpointing what is computed again; {@code AUTO} is {@code FULL}
     */
    LayerPass(Decoder decoder, double dropout, GradientCheckpointing checkpointing) {
        this.torch = decoder.torch();
        this.layers = decoder.layers();
        this.dropout = dropout;
        // A layer's graph holds the weights that were brought back for it: one graph at a time is one layer's weights.
        boolean tooMuch = checkpointing == GradientCheckpointing.NONE && decoder.quantized();
        this.checkpointing = tooMuch ? GradientCheckpointing.FULL : checkpointing;
    }

    /**
     * What is kept of a layer.
     *
     * @param index which layer
     * @param input its input, a leaf of the graph if there is one
     * @param output its output
     * @param products the products of its linear layers; empty unless they are kept
     * @param seed decided its dropout
     */
    record Kept(int index, Tensor input, Tensor output, Map<String, Tensor> products, long seed) {
        /** Frees all but the input, which is the layer below's output. */
        void release() {
            output.close();
            products.values().forEach(Tensor::close);
        }
    }

    /** The layer, for whoever won't ask for gradients. */
    Kept without(TensorScope scope, int index, Tensor x, PreparedBatch batch, long seed) {
        return new Kept(index, x, layers.forward(scope, index, x, batch, dropout, seed), Map.of(), seed);
    }

    /**
     * The layer, so that {@link #gradients} can be taken.
     *
     * @param inputGradient whether the input's will be asked for
     */
    Kept forward(TensorScope scope, int index, Tensor x, PreparedBatch batch, long seed, boolean inputGradient) {
        return switch (checkpointing) {
            case NONE -> {
                LayerScript.Graph graph = layers.forwardWithGraph(scope, index, x, batch, dropout, seed, inputGradient);
                yield new Kept(index, graph.input(), graph.output(), Map.of(), seed);
            }
            case SELECTIVE -> {
                LayerScript.Products kept = layers.forwardKeepingProducts(scope, index, x, batch, dropout, seed);
                yield new Kept(index, x, kept.output(), kept.products(), seed);
            }
            case FULL, AUTO -> without(scope, index, x, batch, seed);
        };
    }

    /** Gradients of {@code sum(output · outputGradient)}: the input's, if it is asked for, then the parameters'. */
    List<Tensor> gradients(
            TensorScope scope,
            Kept kept,
            PreparedBatch batch,
            Tensor outputGradient,
            boolean inputGradient,
            List<Parameter> parameters) {
        List<Tensor> trained = parameters.stream().map(Parameter::compute).toList();
        return switch (checkpointing) {
            case NONE -> {
                LayerScript.Graph graph = new LayerScript.Graph(kept.input(), kept.output());
                yield ofGraph(scope, graph, outputGradient, inputGradient, trained);
            }
            case SELECTIVE ->
                layers.gradients(
                        scope,
                        kept.index(),
                        new LayerScript.Products(kept.input(), kept.output(), kept.products()),
                        batch,
                        dropout,
                        kept.seed(),
                        outputGradient,
                        inputGradient,
                        trained);
            case FULL, AUTO -> {
                LayerScript.Graph graph = layers.forwardWithGraph(
                        scope, kept.index(), kept.input(), batch, dropout, kept.seed(), inputGradient);
                yield ofGraph(scope, graph, outputGradient, inputGradient, trained);
            }
        };
    }

    private List<Tensor> ofGraph(
            TensorScope scope,
            LayerScript.Graph graph,
            Tensor outputGradient,
            boolean inputGradient,
            List<Tensor> trained) {
        List<Tensor> inputs = new ArrayList<>();
        if (inputGradient) {
            inputs.add(graph.input());
        }
        inputs.addAll(trained);
        return torch.gradients(scope, graph.output(), inputs, outputGradient);
    }
}
