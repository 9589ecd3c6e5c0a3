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

/** Loss and gradients of one row, layer by layer: each layer's vector-Jacobian product is taken by itself ({@link LayerPass}). */
public final class ForwardBackward {
    /** Target positions whose scores over the vocabulary are held at once. */
    private static final int TARGETS_AT_ONCE = 1024;

    private final Decoder decoder;
    private final Torch torch;
    private final TrainableParameters trainable;
    private final GradientAccumulator gradients;
    private final Options options;
    private final LayerPass layers;
    private final int lowestTrainedLayer;

    /**
     * How a pass is done.
     *
     * @param dropout probability of dropping an input of a trained update
     * @param checkpointing what is computed again on the way back
     * @param regularization noise and smoothing
     */
    public record Options(double dropout, GradientCheckpointing checkpointing, RegularizationSettings regularization) {
        /** Nothing random, nothing smoothed. */
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
     * @param scale what the summed cross-entropy is multiplied by before gradients are taken
     * @param seed decides dropout and noise
     * @return summed cross-entropy in nats, smoothed as the options say, before scaling
     */
    public double run(TokenBatch batch, double scale, long seed) {
        try (TensorScope scope = torch.scope();
                PreparedBatch prepared = decoder.prepareForTargets(scope, batch)) {
            List<LayerPass.Kept> passed = new ArrayList<>();
            Tensor x = embed(scope, prepared, seed);
            for (int i = 0; i < decoder.config().layers(); i++) {
                LayerPass.Kept layer = forwardLayer(scope, i, x, prepared, seed + i);
                passed.add(layer);
                x = layer.output();
            }
            HeadGradient head = headGradient(scope, x, prepared, scale);
            backward(scope, prepared, passed, head.gradient());
            return head.lossSum();
        }
    }

    private Tensor embed(TensorScope scope, PreparedBatch batch, long seed) {
        Double alpha = options.regularization().neftuneNoiseAlpha();
        // Layers take seed, seed + 1 and so on for their dropout.
        return alpha == null ? decoder.embed(scope, batch) : decoder.embedWithNoise(scope, batch, alpha, ~seed);
    }

    private LayerPass.Kept forwardLayer(TensorScope scope, int index, Tensor x, PreparedBatch batch, long seed) {
        return needsGradients(index)
                ? layers.forward(scope, index, x, batch, seed, needsInputGradient(index))
                : layers.without(scope, index, x, batch, seed);
    }

    private boolean needsGradients(int index) {
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
                List<Tensor> found = takeNorm(chunk, norm, loss.hidden());
                torch.putRows(gradient, rows, found.get(0));
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

    /** Takes gradients for the final norm's input and, adding them, for its weights. */
    private List<Tensor> takeNorm(TensorScope scope, LayerScript.Graph norm, Tensor outputGradient) {
        List<Tensor> inputs = new ArrayList<>(List.of(norm.input()));
        trainable.finalNorm().forEach(parameter -> inputs.add(parameter.compute()));
        List<Tensor> found = torch.gradients(scope, norm.output(), inputs, outputGradient);
        gradients.add(trainable.finalNorm(), found.subList(1, found.size()));
        return found;
    }

    private void backward(TensorScope scope, PreparedBatch batch, List<LayerPass.Kept> passed, Tensor outputGradient) {
        Tensor gradient = outputGradient;
        for (int i = passed.size() - 1; i >= 0 && needsGradients(i); i--) {
            try (TensorScope layerScope = torch.scope()) {
                List<Parameter> parameters = trainable.layer(i);
                List<Tensor> found =
                        layers.gradients(layerScope, passed.get(i), batch, gradient, needsInputGradient(i), parameters);
                gradients.add(parameters, found.subList(found.size() - parameters.size(), found.size()));
                gradient.close();
                passed.get(i).release();
                if (!needsInputGradient(i)) {
                    return;
                }
                gradient = scope.keep(found.get(0));
            }
        }
        if (trainable.embedding().isPresent()) {
            gradients.addRows(trainable.embedding().get(), batch.ids(), decoder.embeddingGradient(scope, gradient));
        }
    }
}
