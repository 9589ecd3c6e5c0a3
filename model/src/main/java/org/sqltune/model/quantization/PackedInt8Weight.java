package org.sqltune.model.quantization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.QuantizationScript;

/**
 * The numbers of an {@link Int8Weight}, laid out so that the processor multiplies with them as they are. What they are
 * multiplied with is split into two bytes, which together keep a 32,639th of a row's largest absolute value; sums
 * are exact. For answering; nothing is trained over it.
 */
public final class PackedInt8Weight implements QuantizedWeight {
    private final Torch torch;
    private final QuantizationScript script;
    private final long[] shape;
    private final QuantizationScript.PackedInt8 parts;

    private PackedInt8Weight(
            Torch torch, QuantizationScript script, long[] shape, QuantizationScript.PackedInt8 parts) {
        this.torch = torch;
        this.script = script;
        this.shape = shape;
        this.parts = parts;
    }

    /** Whether this processor multiplies so, and exactly: x86-64 with VNNI or AMX, seen from Linux. */
    public static boolean isSupported(Torch torch) {
        return torch.multipliesInt8() && new QuantizationScript(torch).packedProductsAreExact();
    }

    /**
     * Quantises a matrix and lays it out.
     *
     * @param owner owns the result's tensors
     * @param name its name, for errors
     * @param weight [out, in], floating-point numbers of any type, on the processor; only read
     * @throws SqlTuneException if it holds NaN or infinity
     */
    public static PackedInt8Weight quantize(Torch torch, TensorScope owner, String name, Tensor weight) {
        return quantize(torch, owner, List.of(name), List.of(weight));
    }

    /**
     * As {@link #quantize}, several matrices of one width as one, each below the one before.
     *
     * @param names their names, for errors
     */
    public static PackedInt8Weight quantize(Torch torch, TensorScope owner, List<String> names, List<Tensor> weights) {
        QuantizationScript script = new QuantizationScript(torch);
        try (TensorScope temporary = torch.scope()) {
            List<Tensor> codes = new ArrayList<>();
            List<Tensor> scales = new ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
                QuantizationScript.Int8 part = script.quantizeInt8(temporary, weights.get(i));
                FiniteScales.check(names.get(i), part.scales());
                codes.add(part.codes());
                scales.add(part.scales());
            }
            QuantizationScript.Int8 whole = new QuantizationScript.Int8(
                    script.belowEachOther(temporary, codes), script.belowEachOther(temporary, scales));
            return new PackedInt8Weight(torch, script, whole.codes().shape(), script.pack(owner, whole));
        }
    }

    /**
     * Quantises some rows of the matrix that this was made of: to what it holds of them, since each row has its own step.
     *
     * @param rows [m, in]
     */
    public QuantizationScript.Int8 quantizedAlike(TensorScope scope, Tensor rows) {
        return script.quantizeInt8(scope, rows);
    }

    @Override
    public Map<String, Tensor> forProducts() {
        return Map.of("int8", parts.packed(), "int8_scales", parts.scales(), "int8_zeros", parts.zeros());
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return script.allocate(scope, parts.scales(), type, shape());
    }

    @Override
    public void dequantizeInto(Tensor target) {
        try (TensorScope temporary = torch.scope()) {
            script.dequantizeInt8(script.unpack(temporary, parts), target);
        }
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Codes, scales and zero points; the layout may pad them a little. */
    @Override
    public long bytes() {
        return count() + torch.bytes(parts.scales()) + torch.bytes(parts.zeros());
    }
}
