package org.sqltune.training;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RegularizationSettings;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.LayerGraph;
import org.sqltune.model.decoder.LossGradients;
import org.sqltune.model.decoder.Parameter;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.decoder.TrainableParameters;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Loss and gradients of one row, layer by layer: each layer's vector-Jacobian product is taken by itself. With
 * checkpointing (Chen et al., arXiv:1604.06174) only the layers' inputs are kept, and each layer runs again on the way
 * back.
 */
final class ForwardBackward {
    /** Target positions whose scores over the vocabulary are held at once. */
    private static final int TARGETS_AT_ONCE = 1024;

    private final Decoder decoder;
    private final Torch torch;
    private final TrainableParameters trainable;
    private final GradientAccumulator gradients;
    private final Options options;
    private final boolean checkpointing;
    private final int lowestTrainedLayer;

    /**
     * How a pass is done.
     *
     * @param dropout probability of dropping an input of a trained update
     * @param checkpointing whether layers run again on the way back
     * @param regularization noise and smoothing
     */
    record Options(double dropout, boolean checkpointing, RegularizationSettings regularization) {
        /** Nothing random, nothing smoothed. */
        static Options plain(boolean checkpointing) {
            return new Options(0, checkpointing, RegularizationSettings.defaults());
        }
    }

    ForwardBackward(Decoder decoder, TrainableParameters trainable, GradientAccumulator gradients, Options options) {
        this.decoder = decoder;
        this.torch = decoder.torch();
        this.trainable = trainable;
        this.gradients = gradients;
        this.options = options;
        // A layer's graph holds the weights that were brought back for it: one graph at a time is one layer's weights.
        this.checkpointing = options.checkpointing() || decoder.quantized();
        this.lowestTrainedLayer = lowestTrainedLayer();
    }

    private int lowestTrainedLayer() {
        int layer = 0;
        while (layer < decoder.config().layers() && trainable.layer(layer).isEmpty()) {
            layer++;
        }
        return layer;
    }

    /**
     * Adds a row's gradients to the accumulator.
     *
     * @param scale what the summed cross-entropy is multiplied by before gradients are taken
     * @param seed decides dropout and noise
     * @return summed cross-entropy in nats, smoothed as the options say, before scaling
     */
    double run(TokenBatch batch, double scale, long seed) {
        try (TensorScope scope = torch.scope();
                PreparedBatch prepared = decoder.prepareForTargets(scope, batch)) {
            List<LayerGraph> graphs = new ArrayList<>();
            Tensor x = embed(scope, prepared, seed);
            for (int i = 0; i < decoder.config().layers(); i++) {
                LayerGraph graph = forwardLayer(scope, i, x, prepared, seed + i);
                graphs.add(graph);
                x = graph.output();
            }
            HeadGradient head = headGradient(scope, x, prepared, scale);
            backward(scope, prepared, graphs, head.gradient(), seed);
            return head.lossSum();
        }
    }

    private Tensor embed(TensorScope scope, PreparedBatch batch, long seed) {
        Double alpha = options.regularization().neftuneNoiseAlpha();
        // Layers take seed, seed + 1 and so on for their dropout.
        return alpha == null ? decoder.embed(scope, batch) : decoder.embedWithNoise(scope, batch, alpha, ~seed);
    }

    private LayerGraph forwardLayer(TensorScope scope, int index, Tensor x, PreparedBatch batch, long seed) {
        if (checkpointing || !needsGraph(index)) {
            return new LayerGraph(x, decoder.layer(scope, index, x, batch, options.dropout(), seed));
        }
        return decoder.layerWithGraph(scope, index, x, batch, options.dropout(), seed, needsInputGradient(index));
    }

    private boolean needsGraph(int index) {
        return needsInputGradient(index) || !trainable.layer(index).isEmpty();
    }

    private boolean needsInputGradient(int index) {
        return trainable.embedding().isPresent() || index > lowestTrainedLayer;
    }

    private record HeadGradient(double lossSum, Tensor gradient) {}

    /** Loss at the target positions, a chunk at a time, and its gradient for the last layer's output [W, E]. */
    private HeadGradient headGradient(TensorScope scope, Tensor x, PreparedBatch batch, double scale) {
        long count = batch.targets().count();
        if (count == 0) {
            throw new IllegalArgumentException("a row without targets has no gradient");
        }
        Tensor gradient = torch.zeros(scope, decoder.type(), x.size(0), x.size(1));
        double lossSum = 0;
        for (long start = 0; start < count; start += TARGETS_AT_ONCE) {
            try (TensorScope chunk = torch.scope()) {
                long end = Math.min(count, start + TARGETS_AT_ONCE);
                Tensor rows = torch.slice(chunk, batch.targetRows(), start, end);
                LayerGraph norm = decoder.finalNormWithGraph(chunk, torch.selectRows(chunk, x, rows));
                LossGradients loss = decoder.lossGradients(
                        chunk,
                        norm.output(),
                        torch.slice(chunk, batch.targets(), start, end),
                        options.regularization().labelSmoothingFactor(),
                        scale);
                lossSum += loss.lossSum();
                trainable
                        .head()
                        .ifPresent(head -> gradients.add(
                                List.of(head), List.of(decoder.headGradient(chunk, loss, norm.output()))));
                List<Tensor> found = take(chunk, norm.output(), norm.input(), trainable.finalNorm(), loss.hidden());
                torch.putRows(gradient, rows, found.get(0));
            }
        }
        return new HeadGradient(lossSum, gradient);
    }

    private void backward(
            TensorScope scope, PreparedBatch batch, List<LayerGraph> graphs, Tensor outputGradient, long seed) {
        Tensor gradient = outputGradient;
        for (int i = graphs.size() - 1; i >= 0 && needsGraph(i); i--) {
            try (TensorScope layerScope = torch.scope()) {
                LayerGraph graph = checkpointing
                        ? decoder.layerWithGraph(
                                layerScope,
                                i,
                                graphs.get(i).input(),
                                batch,
                                options.dropout(),
                                seed + i,
                                needsInputGradient(i))
                        : graphs.get(i);
                Tensor input = needsInputGradient(i) ? graph.input() : null;
                List<Tensor> found = take(layerScope, graph.output(), input, trainable.layer(i), gradient);
                gradient.close();
                graph.output().close();
                if (input == null) {
                    return;
                }
                gradient = scope.keep(found.get(0));
            }
        }
        if (trainable.embedding().isPresent()) {
            gradients.addRows(trainable.embedding().get(), batch.ids(), decoder.embeddingGradient(scope, gradient));
        }
    }

    /** Takes gradients for the input, if there is one, and the parameters; accumulates the latter. */
    private List<Tensor> take(
            TensorScope scope,
            Tensor output,
            @Nullable Tensor input,
            List<Parameter> parameters,
            Tensor outputGradient) {
        List<Tensor> inputs = new ArrayList<>();
        if (input != null) {
            inputs.add(input);
        }
        parameters.forEach(parameter -> inputs.add(parameter.compute()));
        List<Tensor> found = torch.gradients(scope, output, inputs, outputGradient);
        gradients.add(parameters, found.subList(inputs.size() - parameters.size(), found.size()));
        return found;
    }
}
