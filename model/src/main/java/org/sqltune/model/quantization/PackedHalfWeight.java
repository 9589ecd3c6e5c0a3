package org.sqltune.model.quantization;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.QuantizationScript;

/**
 * A matrix in fp16, laid out as FBGEMM's products read it, for processors that don't multiply bf16: what it is multiplied with,
 * and the sums, are fp32. It takes half the memory of fp32 and so half the time of a product with few rows. Of bf16 numbers
 * all between 2⁻¹⁴ and 2¹⁶ are kept as they are; smaller ones are rounded to multiples of 2⁻²⁴. For answering; nothing is trained over it.
 *
 * @see <a href="https://github.com/pytorch/FBGEMM">FBGEMM</a>
 */
public final class PackedHalfWeight implements QuantizedWeight {
    /** Numbers of a part: with fewer, handing it to another thread takes as long as its product. */
    private static final long PART = 1 << 20;

    private final Torch torch;
    private final QuantizationScript script;
    private final long[] shape;
    private final QuantizationScript.PackedHalf parts;

    private PackedHalfWeight(
            Torch torch, QuantizationScript script, long[] shape, QuantizationScript.PackedHalf parts) {
        this.torch = torch;
        this.script = script;
        this.shape = shape;
        this.parts = parts;
    }

    /** Whether libtorch has such products on this processor: x86-64 with AVX2. */
    public static boolean isSupported(Torch torch) {
        if (!torch.isProcessor()) {
            return false;
        }
        try {
            return new QuantizationScript(torch).packsHalf();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Lays matrices of one width out as one, each below the one before.
     *
     * @param owner owns the result's tensors
     * @param names their names, for errors
     * @param matrices [out, in] each, of any floating-point type, on the processor; only read
     * @throws SqlTuneException if a number is NaN, infinite, or larger than fp16 has
     */
    public static PackedHalfWeight pack(Torch torch, TensorScope owner, List<String> names, List<Tensor> matrices) {
        QuantizationScript script = new QuantizationScript(torch);
        try (TensorScope temporary = torch.scope()) {
            Tensor whole = matrices.size() == 1 ? matrices.get(0) : script.belowEachOther(temporary, matrices);
            if (!torch.isFinite(torch.cast(temporary, whole, ElementType.FLOAT16))) {
                throw new SqlTuneException(String.join(", ", names)
                        + " holds NaN, infinity or a number above 65,504, fp16's largest:"
                        + " set inference.weights: bf16, or download or save the model again");
            }
            long[] shape = whole.shape();
            int parts = (int) Math.max(1, Math.min(Torch.threads(), shape[0] * shape[1] / PART));
            return new PackedHalfWeight(torch, script, shape, script.packHalf(owner, whole, parts));
        }
    }

    /** Rounds some rows of the matrix that this was made of: to what it holds of them, in fp32. */
    public Tensor roundedAlike(TensorScope scope, Tensor rows) {
        return torch.cast(scope, torch.cast(scope, rows, ElementType.FLOAT16), ElementType.FLOAT32);
    }

    @Override
    public Map<String, Tensor> forProducts() {
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put("half_bias", parts.zeros());
        for (int i = 0; i < parts.parts().size(); i++) {
            tensors.put(i == 0 ? "half" : "half_" + i, parts.parts().get(i));
        }
        return tensors;
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return torch.empty(scope, type, shape());
    }

    @Override
    public void dequantizeInto(Tensor target) {
        script.unpackHalf(parts, target);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The layout may pad them a little; with the zeros of a bias that isn't there. */
    @Override
    public long bytes() {
        return count() * ElementType.FLOAT16.bytes() + torch.bytes(parts.zeros());
    }
}
