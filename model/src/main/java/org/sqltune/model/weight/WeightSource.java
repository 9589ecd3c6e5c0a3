package org.sqltune.model.weight;

import java.util.List;
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

    /**
     * The weights of linear layers that read the same numbers, below each other in one matrix, from a source that lays matrices
     * out for products; otherwise empty, and {@link #quantized} and {@link #weight} have each.
     *
     * @param owner the scope that owns the result
     * @param names their names
     * @param shapes the shapes that they must have
     */
    default Optional<QuantizedWeight> together(TensorScope owner, List<String> names, List<long[]> shapes) {
        return Optional.empty();
    }

    /**
     * The head in fewer bits, to score with, from a source that packs it; otherwise empty.
     *
     * @param owner the scope that owns the result
     * @param head the head as it is, [V, E]
     */
    default Optional<QuantizedWeight> packedHead(TensorScope owner, Weight head) {
        return Optional.empty();
    }

    /** What its weights are views of, once all are taken; the decoder asks it before it computes, and closes it. */
    default Guard guard() {
        return Guard.NONE;
    }

    /** Looks after memory that others may change. */
    interface Guard extends AutoCloseable {
        /** For weights that are in the process's own memory. */
        Guard NONE = new Guard() {};

        /** @throws org.sqltune.core.SqlTuneException if weights have changed, or can't be used any more */
        default void requireUnchanged() {}

        @Override
        default void close() {}
    }
}
