package org.sqltune.model.weight;

import java.util.List;
import java.util.Map;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/**
 * The weights of one norm.
 *
 * @param weights weight and, where there is one, bias
 */
public record NormWeights(List<Weight> weights) {
    /** Takes them from the source. */
    public static NormWeights of(
            DecoderConfig config, String path, int size, TensorScope owner, WeightSource source, Runnable onChange) {
        Weight weight = weight(path + ".weight", size, owner, source, onChange);
        return new NormWeights(
                config.arithmetic().norm().hasBias()
                        ? List.of(weight, weight(path + ".bias", size, owner, source, onChange))
                        : List.of(weight));
    }

    private static Weight weight(String name, int size, TensorScope owner, WeightSource source, Runnable onChange) {
        return new Weight(name, source.weight(owner, name, size), onChange);
    }

    /** Its tensors by their names in a script: {@code weight} and, where there is one, {@code bias}. */
    public Map<String, Tensor> tensors() {
        Tensor weight = weights.get(0).value();
        return weights.size() == 1
                ? Map.of("weight", weight)
                : Map.of("weight", weight, "bias", weights.get(1).value());
    }
}
