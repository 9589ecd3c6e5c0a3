package org.sqltune.model.decoder;

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
}
