package org.sqltune.model.quantization;

import java.util.List;
import java.util.Map;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.QuantizationScript;

/**
 * A matrix of bf16 numbers, none of them changed, laid out as the processor's products read them. With a plain matrix libtorch
 * lays it out anew in every product, which takes as long as the product itself where there are few rows. For answering;
 * nothing is trained over it.
 */
public final class PackedBfloat16Weight implements QuantizedWeight {
    private final Torch torch;
    private final QuantizationScript script;
    private final long[] shape;
    private final Tensor packed;

    private PackedBfloat16Weight(Torch torch, QuantizationScript script, long[] shape, Tensor packed) {
        this.torch = torch;
        this.script = script;
        this.shape = shape;
        this.packed = packed;
    }

    /** Whether this processor multiplies bf16 numbers itself, and libtorch has the layout for it. */
    public static boolean isSupported(Torch torch) {
        if (!torch.isProcessor() || !torch.multipliesBfloat16()) {
            return false;
        }
        try {
            return new QuantizationScript(torch).packsBfloat16();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Lays matrices of one width out as one, each below the one before.
     *
     * @param owner owns the result's tensors
     * @param matrices [out, in] each, of any floating-point type, on the processor; only read
     */
    public static PackedBfloat16Weight pack(Torch torch, TensorScope owner, List<Tensor> matrices) {
        QuantizationScript script = new QuantizationScript(torch);
        try (TensorScope temporary = torch.scope()) {
            Tensor whole = matrices.size() == 1 ? matrices.get(0) : script.belowEachOther(temporary, matrices);
            return new PackedBfloat16Weight(torch, script, whole.shape(), script.packBfloat16(owner, whole));
        }
    }

    @Override
    public Map<String, Tensor> forProducts() {
        return Map.of("packed", packed);
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return torch.empty(scope, type, shape());
    }

    @Override
    public void dequantizeInto(Tensor target) {
        script.unpackBfloat16(packed, target);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The layout may pad them a little. */
    @Override
    public long bytes() {
        return count() * ElementType.BFLOAT16.bytes();
    }
}
