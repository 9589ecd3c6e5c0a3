package org.sqltune.model.torch.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.model.torch.NativeWarnings;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.ScriptSource;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** The functions of {@code int8.py}: matrices of 8-bit integers, laid out for a processor's products. Thread-safe. */
public final class Int8Script {
    private static final ScriptSource SOURCE = ScriptSource.of("int8");

    private final ScriptModule script;

    /** @param torch where to compute */
    public Int8Script(Torch torch) {
        this.script = torch.module(SOURCE);
    }

    /** In which library's layout a matrix lies. Only products, {@link #unpack} and closing are possible with either. */
    public enum Layout {
        /** For processors with instructions for sums of products of bytes. */
        ONEDNN,
        /**
         * For any with AVX2. libtorch calls its functions deprecated; those that replace them keep the matrix in an object that isn't a
         * tensor.
         */
        FBGEMM
    }

    /**
     * A matrix in such a layout.
     *
     * @param scales fp32 [out], one for each row
     * @param tensors what {@code int8.py} wants for a product, by name, with the scales
     */
    public record Packed(Layout layout, Tensor scales, Map<String, Tensor> tensors) {
        public Packed {
            tensors = Map.copyOf(tensors);
        }
    }

    /** Whether products of matrices in this layout are exact here. Throws what libtorch throws where it isn't part of it. */
    public boolean isExact(Layout layout) {
        return switch (layout) {
            case ONEDNN -> script.integer("int8_products_are_exact") == 1;
            case FBGEMM -> NativeWarnings.without(() -> script.integer("int8_products_of_fbgemm_are_exact")) == 1;
        };
    }

    /** Lays a matrix out for products on the processor. */
    public Packed pack(TensorScope scope, QuantizationScript.Int8 parts, Layout layout) {
        Map<String, Tensor> tensors = new HashMap<>();
        Tensor scales = scope.keep(parts.scales());
        tensors.put("int8_scales", scales);
        List<Tensor> packed =
                script.tensors(scope, layout == Layout.ONEDNN ? "pack_int8" : "pack_int8_in_fbgemm", parts.codes());
        tensors.put("int8", packed.get(0));
        tensors.put("int8_zeros", packed.get(1));
        if (layout == Layout.FBGEMM) {
            tensors.put("int8_centre", packed.get(2));
            tensors.put("int8_shape", packed.get(3));
        }
        return new Packed(layout, scales, tensors);
    }

    /** The inverse of {@link #pack}. In FBGEMM's layout it takes as long as a product of in rows. */
    public QuantizationScript.Int8 unpack(TensorScope scope, Packed packed) {
        Tensor codes = script.tensor(scope, "unpack_int8", packed.tensors());
        return new QuantizationScript.Int8(codes, packed.scales());
    }
}
