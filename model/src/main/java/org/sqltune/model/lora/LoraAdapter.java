package org.sqltune.model.lora;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.LowRankUpdate;
import org.sqltune.model.decoder.Parameter;
import org.sqltune.model.decoder.Projection;
import org.sqltune.model.decoder.TrainableParameters;
import org.sqltune.model.decoder.Weight;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Low-rank updates of some of a decoder's linear maps (LoRA: Hu et al., arXiv:2106.09685). The decoder stays as it is;
 * the adapter attaches to it, detaches from it, and merges into its weights.
 */
public final class LoraAdapter implements TrainableParameters, AutoCloseable {
    private final LoraConfig config;
    private final Decoder decoder;
    private final TensorScope scope;
    private final List<LoraLinear> linears = new ArrayList<>();
    private final Tensor scale;

    /** Gives the initial value of one matrix; the result belongs to the scope given. */
    @FunctionalInterface
    interface Initial {
        /** @param name its name in PEFT's files */
        Tensor matrix(TensorScope scope, String name, int rows, int columns);
    }

    /** @throws SqlTuneException if the decoder's layers lack one of the targets */
    LoraAdapter(Decoder decoder, LoraConfig config, Initial initial) {
        this.decoder = decoder;
        this.config = config.forLayer(decoder.config().modules().layer());
        this.scope = decoder.torch().scope();
        this.scale = scope.floats(new float[] {(float) config.scale()});
        try {
            for (int layer = 0; layer < decoder.config().layers(); layer++) {
                for (String target : this.config.targets()) {
                    linears.add(linear(layer, decoder.layer(layer).projection(target), initial));
                }
            }
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private LoraLinear linear(int layer, Projection projection, Initial initial) {
        ProjectionShape shape = projection.shape();
        String path = "base_model.model." + projection.path();
        Parameter a = parameter(path + ".lora_A.weight", config.rank(), shape.inputSize(), initial);
        Parameter b = parameter(path + ".lora_B.weight", shape.outputSize(), config.rank(), initial);
        return new LoraLinear(layer, projection, a, b);
    }

    private Parameter parameter(String name, int rows, int columns, Initial initial) {
        try (TensorScope temporary = decoder.torch().scope()) {
            Tensor value = initial.matrix(temporary, name, rows, columns);
            return Parameter.of(decoder.torch(), scope, name, value, decoder.type());
        }
    }

    /**
     * A fresh adapter that changes nothing yet: A uniform in ±1/√in (Kaiming's uniform with a = √5), B zero.
     *
     * @param seed decides A
     */
    public static LoraAdapter create(Decoder decoder, LoraConfig config, long seed) {
        Random random = new Random(seed);
        return new LoraAdapter(decoder, config, (scope, name, rows, columns) -> {
            float[] values = new float[Math.multiplyExact(rows, columns)];
            if (name.endsWith("lora_A.weight")) {
                double bound = 1 / Math.sqrt(columns);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                }
            }
            return scope.floats(values, rows, columns);
        });
    }

    /** Rank, alpha, dropout, and targets by name. */
    public LoraConfig config() {
        return config;
    }

    /** The updates, layer by layer. */
    public List<LoraLinear> linears() {
        return List.copyOf(linears);
    }

    /** From now on the decoder computes with this adapter. */
    public void attach() {
        for (LoraLinear linear : linears) {
            LowRankUpdate update =
                    new LowRankUpdate(linear.a().compute(), linear.b().compute(), scale);
            linear.projection().attach(update);
        }
    }

    /** From now on the decoder computes without an adapter. */
    public void detach() {
        linears.forEach(linear -> linear.projection().detach());
    }

    /** Detaches, and adds the updates to the decoder's weights for good. */
    public void merge() {
        detach();
        Torch torch = decoder.torch();
        for (LoraLinear linear : linears) {
            Weight weight = linear.projection().weight();
            Tensor old = weight.value();
            weight.replace(torch.mergeLowRank(
                    decoder.scope(), old, linear.a().master(), linear.b().master(), config.scale()));
            old.close();
        }
    }

    /** The matrices by their names in PEFT's files, fp32. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        all().forEach(parameter -> tensors.put(parameter.name(), parameter.master()));
        return tensors;
    }

    @Override
    public List<Parameter> layer(int index) {
        return linears.stream()
                .filter(linear -> linear.layer() == index)
                .flatMap(linear -> List.of(linear.a(), linear.b()).stream())
                .toList();
    }

    @Override
    public List<Parameter> head() {
        return List.of();
    }

    @Override
    public Optional<Parameter> embedding() {
        return Optional.empty();
    }

    @Override
    public List<Parameter> all() {
        return linears.stream()
                .flatMap(linear -> List.of(linear.a(), linear.b()).stream())
                .toList();
    }

    /** Frees the matrices. Detach first if the decoder goes on. */
    @Override
    public void close() {
        scope.close();
    }
}
