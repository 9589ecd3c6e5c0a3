package org.sqltune.model.quantization;

import java.util.Arrays;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/** A matrix [out, in] held in fewer bits. Its tensors belong to the scope that it was quantised in. */
public sealed interface QuantizedWeight permits Nf4Weight, Int8Weight {
    /** Sizes of the axes, outermost first. */
    long[] shape();

    /** Bytes it takes, scales included. */
    long bytes();

    /**
     * The matrix again, near to what was quantised.
     *
     * @param scope owns the result
     * @param type FLOAT32, BFLOAT16 or FLOAT16; products are taken in fp32 and rounded once
     */
    Tensor dequantize(TensorScope scope, ElementType type);

    /** Number of elements. */
    default long count() {
        return Arrays.stream(shape()).reduce(1, Math::multiplyExact);
    }
}
