package org.sqltune.model.quantization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.Int8Script;
import org.sqltune.model.torch.script.Int8Script.Layout;
import org.sqltune.model.torch.script.QuantizationScript;

/**
 * The numbers of an {@link Int8Weight}, laid out so that the processor multiplies with them as they are. What they are
 * multiplied with is split into two parts, of 8 bits each where the processor has instructions for sums of products of bytes, of 7
 * where it doesn't: they keep a 32,639th or an 8,127th of a row's largest absolute value. Sums are exact. For answering; nothing is
 * trained over it.
 */
public final class PackedInt8Weight implements QuantizedWeight {
    private final Torch torch;
    private final long[] shape;
    private final Int8Script.Packed parts;

    private PackedInt8Weight(Torch torch, long[] shape, Int8Script.Packed parts) {
        this.torch = torch;
        this.shape = shape;
        this.parts = parts;
    }

    /** Whether this processor multiplies so, and exactly: x86-64 with VNNI or AMX, seen from Linux, or with AVX2. */
    public static boolean isSupported(Torch torch) {
        return layout(torch).isPresent();
    }

    /** The layout in which products are exact on this processor, and fastest. Tries them, which takes some milliseconds. */
    public static Optional<Layout> layout(Torch torch) {
        if (!torch.isProcessor()) {
            return Optional.empty();
        }
        Int8Script script = new Int8Script(torch);
        if (torch.multipliesInt8() && script.isExact(Layout.ONEDNN)) {
            return Optional.of(Layout.ONEDNN);
        }
        try {
            return script.isExact(Layout.FBGEMM) ? Optional.of(Layout.FBGEMM) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // a libtorch without FBGEMM, or a processor that it isn't for
        }
    }

    /**
     * Quantises matrices of one width and lays them out as one, each below the one before.
     *
     * @param layout one that is exact here: see {@link #layout}
     * @param owner owns the result's tensors
     * @param names their names, for errors
     * @param weights [out, in] each, floating-point numbers of any type, on the processor; only read
     * @throws SqlTuneException if one holds NaN or infinity
     */
    public static PackedInt8Weight quantize(
            Torch torch, Layout layout, TensorScope owner, List<String> names, List<Tensor> weights) {
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
            return new PackedInt8Weight(torch, whole.codes().shape(), new Int8Script(torch).pack(owner, whole, layout));
        }
    }

    /**
     * Quantises some rows of the matrix that this was made of: to what it holds of them, since each row has its own step.
     *
     * @param rows [m, in]
     */
    public QuantizationScript.Int8 quantizedAlike(TensorScope scope, Tensor rows) {
        return new QuantizationScript(torch).quantizeInt8(scope, rows);
    }

    @Override
    public Map<String, Tensor> forProducts() {
        return parts.tensors();
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return torch.empty(scope, type, shape());
    }

    @Override
    public void dequantizeInto(Tensor target) {
        try (TensorScope temporary = torch.scope()) {
            new QuantizationScript(torch).dequantizeInt8(new Int8Script(torch).unpack(temporary, parts), target);
        }
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Codes and what each row has beside them; the layout may pad them a little. */
    @Override
    public long bytes() {
        return count() + shape[0] * (parts.layout() == Layout.ONEDNN ? 8 : 12);
    }
}
