package org.sqltune.model.weight;

import java.util.Optional;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/** Where a decoder's weights come from. */
@FunctionalInterface
public interface WeightSource {
    /**
     * One weight in the decoder's element type.
     *
     * @param owner the scope that owns the result
     * @param name its name in Hugging Face's layout, such as {@code model.norm.weight}
     * @param shape the shape it must have
     */
    Tensor weight(TensorScope owner, String name, long... shape);

    /**
     * The weight of a linear layer in fewer bits, from a source that quantises; otherwise empty, and {@link #weight} has it.
     * Parameters as there.
     */
    default Optional<QuantizedWeight> quantized(TensorScope owner, String name, long... shape) {
        return Optional.empty();
    }
}
