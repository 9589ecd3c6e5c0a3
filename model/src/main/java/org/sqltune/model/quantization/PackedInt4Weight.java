package org.sqltune.model.quantization;

import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.QuantizationScript;

/**
 * A matrix of 4-bit integers with a step and a centre for each 32 numbers of a row, 5 bits a number in bf16, laid out as libtorch's
 * product of few rows reads them. Products of many rows bring it back first. For answering; nothing is trained over it.
 */
public final class PackedInt4Weight implements QuantizedWeight {
    private static final int ROWS_TOGETHER = 64;
    private static final int GROUP = 32;

    private final Torch torch;
    private final QuantizationScript script;
    private final long[] shape;
    private final QuantizationScript.PackedInt4 parts;

    private PackedInt4Weight(
            Torch torch, QuantizationScript script, long[] shape, QuantizationScript.PackedInt4 parts) {
        this.torch = torch;
        this.script = script;
        this.shape = shape;
        this.parts = parts;
    }

    /** Whether libtorch has the layout on this processor, and multiplies with it rightly. */
    public static boolean isSupported(Torch torch) {
        if (!torch.isProcessor()) {
            return false;
        }
        try {
            return new QuantizationScript(torch).packsInt4();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Whether a matrix of this shape can be laid out so: whole groups, and rows in sixty-fours. */
    public static boolean fits(long... shape) {
        return shape.length == 2 && shape[0] % ROWS_TOGETHER == 0 && shape[1] % GROUP == 0;
    }

    /**
     * Quantises matrices of one width and lays them out as one, each below the one before.
     *
     * @param owner owns the result's tensors
     * @param names their names, for errors
     * @param matrices [out, in] each, floating-point numbers of any type, on the processor; only read. Together they {@link #fits fit}
     * @param type what products are computed in
     * @throws SqlTuneException if one holds NaN or infinity
     */
    public static PackedInt4Weight quantize(
            Torch torch, TensorScope owner, List<String> names, List<Tensor> matrices, ElementType type) {
        QuantizationScript script = new QuantizationScript(torch);
        try (TensorScope temporary = torch.scope()) {
            Tensor whole = matrices.size() == 1 ? matrices.get(0) : script.belowEachOther(temporary, matrices);
            QuantizationScript.PackedInt4 parts = script.packInt4(owner, whole, type);
            FiniteScales.check(String.join(", ", names), torch.cast(temporary, parts.steps(), ElementType.FLOAT32));
            return new PackedInt4Weight(torch, script, whole.shape(), parts);
        }
    }

    @Override
    public Map<String, Tensor> forProducts() {
        return Map.of("int4", parts.packed(), "int4_steps", parts.steps());
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return torch.empty(scope, type, shape());
    }

    @Override
    public void dequantizeInto(Tensor target) {
        try (TensorScope temporary = torch.scope()) {
            script.putTransposed(script.unpackInt4(temporary, parts), target);
        }
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public long bytes() {
        return torch.bytes(parts.packed()) + torch.bytes(parts.steps());
    }
}
