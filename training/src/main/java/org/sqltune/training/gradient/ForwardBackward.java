package org.sqltune.training.gradient;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.RegularizationSettings;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.torch.script.LossScript;
import org.sqltune.model.weight.Parameter;
import org.sqltune.model.weight.TrainableParameters;

/**
 * Computes loss and gradients of one row, with a separate vector-Jacobian product for each layer ({@link LayerPass}).
 */
public final class ForwardBackward {
    /** Target positions per chunk: logits over the vocabulary are in memory for one chunk at a time. */
    private static final int TARGETS_AT_ONCE = 1024;

    private final Decoder decoder;
    private final Torch torch;
    private final TrainableParameters trainable;
    private final GradientAccumulator gradients;
    private final Options options;
    private final LayerPass layers;
    private final int lowestTrainedLayer;

    /**
     * Options of a forward and backward pass.
     *
     * @param dropout probability of dropping an input of a low-rank update, from 0 to 1
     * @param checkpointing which activations the backward pass recomputes
     * @param regularization embedding noise and label smoothing
     */
    public record Options(double dropout, GradientCheckpointing checkpointing, RegularizationSettings regularization) {
        /** Returns options without dropout, noise and label smoothing. */
        public static Options plain(GradientCheckpointing checkpointing) {
            return new Options(0, checkpointing, RegularizationSettings.defaults());
        }
    }

    public ForwardBackward(
            Decoder decoder, TrainableParameters trainable, GradientAccumulator gradients, Options options) {
        this.decoder = decoder;
        this.torch = decoder.torch();
        this.trainable = trainable;
        this.gradients = gradients;
        this.options = options;
        this.layers = new LayerPass(decoder, options.dropout(), options.checkpointing());
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
     * @param scale factor on the summed cross-entropy before gradients are taken
     * @param seed seed of dropout and noise
     * @return summed cross-entropy in nats, smoothed as the options say, before scaling
     */
    public double run(TokenBatch batch, double scale, long seed) {
        try (TensorScope scope = torch.scope();
                PreparedBatch prepared = decoder.prepareForTargets(scope, batch)) {
            List<LayerPass.Kept> kept = new ArrayList<>();
            Tensor x = embed(scope, prepared, seed);
            for (int i = 0; i < decoder.config().layers(); i++) {
                LayerPass.Kept layer = forwardLayer(scope, i, x, prepared, seed + i);
                kept.add(layer);
                x = layer.output();
            }
            HeadGradient head = headGradient(scope, x, prepared, scale);
            backward(scope, prepared, kept, head.gradient());
            return head.lossSum();
        }
    }

    private Tensor embed(TensorScope scope, PreparedBatch batch, long seed) {
        Double alpha = options.regularization().neftuneNoiseAlpha();
        // Layer i uses seed + i for its dropout, so the noise needs another seed.
        return alpha == null ? decoder.embed(scope, batch) : decoder.embedWithNoise(scope, batch, alpha, ~seed);
    }

    private LayerPass.Kept forwardLayer(TensorScope scope, int index, Tensor x, PreparedBatch batch, long seed) {
        return needsGradients(index)
                ? layers.forward(scope, index, x, batch, seed, needsInputGradient(index))
                : layers.forwardWithoutGraph(scope, index, x, batch, seed);
    }

    private boolean needsGradients(int index) {
        return needsInputGradient(index) || !trainable.layer(index).isEmpty();
    }

    private boolean needsInputGradient(int index) {
        return trainable.embedding().isPresent() || index > lowestTrainedLayer;
    }

    private record HeadGradient(double lossSum, Tensor gradient) {}

    /** Computes the loss at the target positions in chunks, and its gradient for the last layer's output [W, E]. */
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
                LayerScript.Graph norm = decoder.head().normWithGraph(chunk, torch.selectRows(chunk, x, rows));
                LossScript.Gradients loss = decoder.head()
                        .lossGradients(
                                chunk,
                                norm.output(),
                                torch.slice(chunk, batch.targets(), start, end),
                                options.regularization().labelSmoothingFactor(),
                                scale);
                lossSum += loss.lossSum();
                addHead(chunk, loss, norm.output());
                List<Tensor> computed = normGradients(chunk, norm, loss.hidden());
                torch.putRows(gradient, rows, computed.get(0));
            }
        }
        return new HeadGradient(lossSum, gradient);
    }

    private void addHead(TensorScope chunk, LossScript.Gradients loss, Tensor normed) {
        trainable
                .head()
                .ifPresent(head ->
                        gradients.add(List.of(head), List.of(decoder.head().weightGradient(chunk, loss, normed))));
    }

    /** Computes the gradients of the final norm's input and weights, and accumulates those of the weights. */
    private List<Tensor> normGradients(TensorScope scope, LayerScript.Graph norm, Tensor outputGradient) {
        List<Tensor> inputs = new ArrayList<>(List.of(norm.input()));
        trainable.finalNorm().forEach(parameter -> inputs.add(parameter.compute()));
        List<Tensor> computed = torch.gradients(scope, norm.output(), inputs, outputGradient);
        gradients.add(trainable.finalNorm(), computed.subList(1, computed.size()));
        return computed;
    }

    private void backward(TensorScope scope, PreparedBatch batch, List<LayerPass.Kept> kept, Tensor outputGradient) {
        Tensor gradient = outputGradient;
        for (int i = kept.size() - 1; i >= 0 && needsGradients(i); i--) {
            try (TensorScope layerScope = torch.scope()) {
                List<Parameter> parameters = trainable.layer(i);
                List<Tensor> computed =
                        layers.gradients(layerScope, kept.get(i), batch, gradient, needsInputGradient(i), parameters);
                gradients.add(parameters, computed.subList(computed.size() - parameters.size(), computed.size()));
                gradient.close();
                kept.get(i).release();
                if (!needsInputGradient(i)) {
                    return;
                }
                gradient = scope.keep(computed.get(0));
            }
        }
        if (trainable.embedding().isPresent()) {
            gradients.addRows(trainable.embedding().get(), batch.ids(), decoder.embeddingGradient(scope, gradient));
        }
    }
}
