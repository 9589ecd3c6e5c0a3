package org.sqltune.model.weight;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/** A linear layer with its weight [out, in], perhaps a bias [out], perhaps an update attached from outside. */
public final class Projection {
    private final String path;
    private final ProjectionShape shape;
    private final Weight weight;
    private final @Nullable Weight bias;
    private final Runnable onChange;
    private @Nullable ProjectionUpdate update;

    /**
     * Takes its weights from the source.
     *
     * @param path its full name in Hugging Face's layout
     * @param owner owns the weights
     * @param onChange called when {@link #tensors} changes
     */
    public Projection(String path, ProjectionShape shape, TensorScope owner, WeightSource source, Runnable onChange) {
        this.path = path;
        this.shape = shape;
        this.weight = weight(path + ".weight", shape, owner, source, onChange);
        this.bias = bias(path, shape, owner, source, onChange);
        this.onChange = onChange;
    }

    /**
     * As {@link #Projection(String, ProjectionShape, TensorScope, WeightSource, Runnable)}, with a weight that was taken already.
     *
     * @param weight [out, in]
     */
    public Projection(
            String path,
            ProjectionShape shape,
            TensorScope owner,
            WeightSource source,
            QuantizedWeight weight,
            Runnable onChange) {
        this.path = path;
        this.shape = shape;
        this.weight = new Weight(path + ".weight", weight);
        this.bias = bias(path, shape, owner, source, onChange);
        this.onChange = onChange;
    }

    private static @Nullable Weight bias(
            String path, ProjectionShape shape, TensorScope owner, WeightSource source, Runnable onChange) {
        return shape.bias()
                ? new Weight(path + ".bias", source.weight(owner, path + ".bias", shape.outputSize()), onChange)
                : null;
    }

    private static Weight weight(
            String name, ProjectionShape shape, TensorScope owner, WeightSource source, Runnable onChange) {
        return source.quantized(owner, name, shape.outputSize(), shape.inputSize())
                .map(quantized -> new Weight(name, quantized))
                .orElseGet(() ->
                        new Weight(name, source.weight(owner, name, shape.outputSize(), shape.inputSize()), onChange));
    }

    /** Its full name in Hugging Face's layout: {@code model.layers.3.self_attn.q_proj}. */
    public String path() {
        return path;
    }

    /** Its name within the layer, and its sizes. */
    public ProjectionShape shape() {
        return shape;
    }

    /** The weight, [out, in]. */
    public Weight weight() {
        return weight;
    }

    /** Weight and, where there is one, bias. */
    public List<Weight> weights() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }

    /** Computes with an update from now on, in place of one attached before. */
    public void attach(ProjectionUpdate newUpdate) {
        update = newUpdate;
        onChange.run();
    }

    /** Asks the attached update for its tensors again, since what they depend on has changed. */
    public void updateChanged() {
        onChange.run();
    }

    /** Takes the update away. */
    public void detach() {
        update = null;
        onChange.run();
    }

    /**
     * Its tensors by their names in {@code decoder/linear.py} and {@code adapter.py}.
     *
     * @param buffers hold the weight during the call if it is quantised
     * @return without the weight where it is a part of another
     */
    public Map<String, Tensor> tensors(LayerBuffers buffers) {
        Map<String, Tensor> tensors = new HashMap<>(weight.forProducts());
        if (tensors.isEmpty() && !weight.isPartOfAnother()) {
            Tensor own = weight(buffers);
            tensors.put("weight", update == null ? own : update.weight(own));
        }
        if (bias != null) {
            tensors.put("bias", bias.value());
        }
        if (update != null) {
            tensors.putAll(update.tensors(() -> weight(buffers)));
        }
        return tensors;
    }

    /**
     * The weight, [out, in].
     *
     * @param buffers hold it during the call if it is quantised
     */
    public Tensor weight(LayerBuffers buffers) {
        return weight.quantized()
                .map(quantized -> buffers.dequantize(shape.moduleName(), quantized))
                .orElseGet(weight::value);
    }
}
