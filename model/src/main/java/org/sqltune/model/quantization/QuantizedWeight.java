package org.sqltune.model.quantization;

import java.util.Arrays;
import java.util.Map;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/**
 * A matrix [out, in] held otherwise than as a plain tensor: in fewer bits, or laid out for products. Its tensors belong to the
 * scope that it was made in.
 */
public sealed interface QuantizedWeight
        permits Nf4Weight,
                Int8Weight,
                PackedInt8Weight,
                PackedInt4Weight,
                PackedBfloat16Weight,
                PackedHalfWeight,
                PackedRows {
    /** Sizes of the axes, outermost first. */
    long[] shape();

    /** Bytes it takes, scales included. */
    long bytes();

    /** Memory of the matrix's shape for {@link #dequantizeInto}. Its elements are whatever was there. */
    Tensor allocate(TensorScope scope, ElementType type);

    /**
     * Dequantises the matrix.
     *
     * @param target of the same shape; its element type, FLOAT32, BFLOAT16 or FLOAT16, is what products taken in fp32 are
     *     rounded to, once
     */
    void dequantizeInto(Tensor target);

    /** As {@link #dequantizeInto}, into memory of its own, which {@code scope} owns. */
    default Tensor dequantize(TensorScope scope, ElementType type) {
        Tensor target = allocate(scope, type);
        dequantizeInto(target);
        return target;
    }

    /**
     * Its tensors by their names in {@code decoder/linear.py}, if products are computed with it as it is; empty if it must be
     * dequantised for them.
     */
    default Map<String, Tensor> forProducts() {
        return Map.of();
    }

    /** Whether products need it dequantised. */
    default boolean dequantizedForProducts() {
        return forProducts().isEmpty();
    }

    /** Number of elements. */
    default long count() {
        return Arrays.stream(shape()).reduce(1, Math::multiplyExact);
    }
}
