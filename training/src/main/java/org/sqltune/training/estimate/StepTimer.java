package org.sqltune.training.estimate;

import java.util.Optional;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.core.config.settings.TrainingSettings.Method;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.FullParameters;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.quantization.Int8Weight;
import org.sqltune.model.quantization.Nf4Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.TrainableParameters;
import org.sqltune.model.weight.WeightSource;
import org.sqltune.training.checkpoint.TrainableModels;
import org.sqltune.training.gradient.ForwardBackward;
import org.sqltune.training.gradient.GradientAccumulator;
import org.sqltune.training.optimizer.Optimizer;

/**
 * Measures how long a training step takes with a few layers of a model's shape. The weights are zeros: they take as
 * long to multiply as any others and need no files.
 */
public final class StepTimer implements AutoCloseable {
    private final Decoder decoder;
    private final Optional<LoraAdapter> adapter;
    private final GradientAccumulator gradients;
    private final Optimizer optimizer;
    private final ForwardBackward forwardBackward;

    /**
     * Creates the layers.
     *
     * @param config the model
     * @param layers number of layers, instead of the model's own
     * @param type element type of the computation
     * @param run the run's configuration
     */
    public StepTimer(Torch torch, DecoderConfig config, int layers, ElementType type, RunConfig run) {
        boolean full = run.training().method() == Method.FULL;
        Quantization quantization = full ? Quantization.NONE : run.model().quantization();
        decoder = new Decoder(torch, withLayers(config, layers), type, new Zeros(torch, type, quantization));
        adapter = full
                ? Optional.empty()
                : Optional.of(LoraAdapter.create(decoder, TrainableModels.loraConfig(run.lora()), 1));
        adapter.ifPresent(LoraAdapter::attach);
        TrainableParameters trainable =
                adapter.<TrainableParameters>map(each -> each).orElseGet(() -> new FullParameters(decoder));
        gradients = new GradientAccumulator(torch, trainable.all());
        optimizer = Optimizer.of(torch, run.training().optimizer(), trainable.all());
        forwardBackward = new ForwardBackward(
                decoder,
                trainable,
                gradients,
                new ForwardBackward.Options(
                        full ? 0 : run.lora().loraDropout(),
                        run.training().batches().gradientCheckpointing(),
                        run.training().regularization()));
    }

    private static DecoderConfig withLayers(DecoderConfig config, int layers) {
        DecoderSizes sizes = config.sizes();
        DecoderSizes fewer = new DecoderSizes(
                sizes.vocabSize(),
                sizes.hiddenSize(),
                sizes.intermediateSize(),
                layers,
                sizes.heads(),
                sizes.keyValueHeads(),
                sizes.headDim(),
                sizes.maxPositions());
        return new DecoderConfig(
                config.modelType(),
                fewer,
                config.arithmetic(),
                config.rope(),
                config.modules(),
                config.tiedEmbeddings(),
                config.initializerRange(),
                config.storedType(),
                config.tokens());
    }

    /** Runs one row's forward and backward pass and returns its seconds. */
    public double pass(TokenBatch row) {
        long begun = System.nanoTime();
        forwardBackward.run(row, 1.0 / row.targets().length, 1);
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Runs one optimizer step, clears the gradients and returns the seconds of both. */
    public double optimizerStep() {
        long begun = System.nanoTime();
        gradients.globalNorm();
        optimizer.step(gradients.sums(), 1, 1e-6);
        gradients.clear();
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void close() {
        optimizer.close();
        gradients.close();
        adapter.ifPresent(LoraAdapter::close);
        decoder.close();
    }

    /** Weights of any shape, all zero. */
    private record Zeros(Torch torch, ElementType type, Quantization quantization) implements WeightSource {
        @Override
        public Tensor weight(TensorScope owner, String name, long... shape) {
            return torch.zeros(owner, type, shape);
        }

        @Override
        public Optional<QuantizedWeight> quantized(TensorScope owner, String name, long... shape) {
            if (quantization == Quantization.NONE) {
                return Optional.empty();
            }
            try (TensorScope temporary = torch.scope()) {
                Tensor zeros = torch.zeros(temporary, type, shape);
                return Optional.of(
                        quantization == Quantization.NF4
                                ? Nf4Weight.quantize(torch, owner, name, zeros)
                                : Int8Weight.quantize(torch, owner, name, zeros));
            }
        }
    }
}
