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

/**
 * Runs one layer's forward pass and later its backward pass. Checkpointing decides which activations are kept in
 * between.
 */
final class LayerPass {
    private final Torch torch;
    private final DecoderLayers layers;
    private final double dropout;
    private final GradientCheckpointing checkpointing;

    /**
     * @param dropout probability of dropping an input of a low-rank update, from 0 to 1
     * @param checkpointing which activations the backward pass recomputes; {@code AUTO} means {@code FULL}
     */
    LayerPass(Decoder decoder, double dropout, GradientCheckpointing checkpointing) {
        this.torch = decoder.torch();
        this.layers = decoder.layers();
        this.dropout = dropout;
        // A layer's graph holds its dequantised weights, so with quantised weights only one graph may exist at a time.
        boolean graphsTooLarge = checkpointing == GradientCheckpointing.NONE && decoder.quantized();
        this.checkpointing = graphsTooLarge ? GradientCheckpointing.FULL : checkpointing;
    }

    /**
     * What a layer's forward pass keeps for its backward pass.
     *
     * @param index the layer's index
     * @param input the layer's input; the graph's leaf if there is a graph
     * @param output the layer's output
     * @param products outputs of its linear layers by name; empty unless checkpointing is selective
     * @param seed seed of its dropout
     */
    record Kept(int index, Tensor input, Tensor output, Map<String, Tensor> products, long seed) {
        /** Frees the output and the products. The input belongs to the layer below. */
        void release() {
            output.close();
            products.values().forEach(Tensor::close);
        }
    }

    /** Runs the forward pass forwardWithoutGraph a graph. */
    Kept forwardWithoutGraph(TensorScope scope, int index, Tensor x, PreparedBatch batch, long seed) {
        return new Kept(index, x, layers.forward(scope, index, x, batch, dropout, seed), Map.of(), seed);
    }

    /**
     * Runs the forward pass and keeps what {@link #gradients} needs.
     *
     * @param inputGradient whether the gradient of the input will be computed too
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
            case FULL, AUTO -> forwardWithoutGraph(scope, index, x, batch, seed);
        };
    }

    /**
     * Returns the gradients of {@code sum(output · outputGradient)}: of the input if requested, then of the parameters.
     */
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
