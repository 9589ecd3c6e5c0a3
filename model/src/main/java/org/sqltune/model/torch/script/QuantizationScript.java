package org.sqltune.model.torch.script;

import java.util.List;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.NativeWarnings;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.ScriptSource;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * The functions of {@code quantization.py} and {@code int4.py}: weights in 4 or 8 bits, quantised and dequantised a chunk at a time, so that no
 * whole copy in fp32 ever exists. Thread-safe.
 */
public final class QuantizationScript {
    private static final ScriptSource SOURCE = ScriptSource.of("quantization", "int4");

    private final ScriptModule script;

    /** @param torch where to compute */
    public QuantizationScript(Torch torch) {
        this.script = torch.module(SOURCE);
    }

    /**
     * A tensor in 4-bit NormalFloat.
     *
     * @param codes uint8, two elements a byte, the first in the upper half
     * @param scaleCodes uint8, one for a block of 64 elements: its scale's code
     * @param scaleScales fp32, one for 256 scales
     * @param meanScale fp32 [1], what is added to every scale
     */
    public record Nf4(Tensor codes, Tensor scaleCodes, Tensor scaleScales, Tensor meanScale) {}

    /**
     * A matrix in 8-bit integers.
     *
     * @param codes int8 [out, in]
     * @param scales fp32 [out], one for each row
     */
    public record Int8(Tensor codes, Tensor scales) {}

    /**
     * Quantises a tensor of any shape.
     *
     * @param thresholds fifteen: an element's code is the number of them that are below its share of its block's scale
     * @param scaleThresholds the same for the codes of the scales
     */
    public Nf4 quantizeNf4(TensorScope scope, Tensor x, double[] thresholds, double[] scaleThresholds) {
        List<Tensor> parts = script.tensors(scope, "quantize_nf4", x, thresholds, scaleThresholds);
        return new Nf4(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }

    /**
     * The inverse of {@link #quantizeNf4}, rounded to the target's type.
     *
     * @param levels value of each of the 16 codes
     * @param scaleLevels value of each of the 256 codes of a scale
     * @param target takes the elements, of the shape that was quantised
     */
    public void dequantizeNf4(Nf4 parts, double[] levels, double[] scaleLevels, Tensor target) {
        script.run(
                "dequantize_nf4",
                parts.codes(),
                parts.scaleCodes(),
                parts.scaleScales(),
                parts.meanScale(),
                levels,
                scaleLevels,
                target);
    }

    /** Quantises a matrix [out, in]. */
    public Int8 quantizeInt8(TensorScope scope, Tensor x) {
        List<Tensor> parts = script.tensors(scope, "quantize_int8", x);
        return new Int8(parts.get(0), parts.get(1));
    }

    /** The inverse of {@link #quantizeInt8}, into {@code target} [out, in], rounded to its type. */
    public void dequantizeInt8(Int8 parts, Tensor target) {
        script.run("dequantize_int8", parts.codes(), parts.scales(), target);
    }

    /** Whether this libtorch has {@link #packBfloat16}, and products with what it gives are right. */
    public boolean packsBfloat16() {
        return script.integer("packed_products_are_right") == 1;
    }

    /** A matrix [out, in] in bf16, in oneDNN's own layout: only products, {@link #unpackBfloat16} and closing are possible. */
    public Tensor packBfloat16(TensorScope scope, Tensor matrix) {
        return script.tensor(scope, "pack_bf16", matrix);
    }

    /** The inverse of {@link #packBfloat16}, into {@code target} [out, in], in its type. */
    public void unpackBfloat16(Tensor packed, Tensor target) {
        script.run("unpack_bf16", packed, target);
    }

    /**
     * A matrix in fp16, laid out for products with fp32 numbers.
     *
     * @param parts its rows in several matrices, each below the one before, as FBGEMM's own objects: only products, {@link
     *     #unpackHalf} and closing are possible
     * @param zeros fp32 [out]
     */
    public record PackedHalf(List<Tensor> parts, Tensor zeros) {
        public PackedHalf {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Whether this libtorch has {@link #packHalf} on this processor, and products with what it gives are right. libtorch calls both
     * functions deprecated; those that replace them keep the matrix in an object that isn't a tensor.
     */
    public boolean packsHalf() {
        return NativeWarnings.without(() -> script.integer("half_products_are_right")) == 1;
    }

    /**
     * Lays a matrix [out, in] of numbers within fp16's range out, rounded to fp16.
     *
     * @param parts how many there are at most; a product of each takes a thread
     */
    public PackedHalf packHalf(TensorScope scope, Tensor matrix, int parts) {
        List<Tensor> packed = script.tensors(scope, "pack_half", matrix, parts);
        int last = packed.size() - 1;
        return new PackedHalf(packed.subList(0, last), packed.get(last));
    }

    /** The inverse of {@link #packHalf}, into {@code target} [out, in], in its type. Takes as long as a product of in rows. */
    public void unpackHalf(PackedHalf parts, Tensor target) {
        script.run("unpack_half", parts.parts(), parts.zeros(), target);
    }

    /**
     * A matrix in 4-bit integers, laid out for products.
     *
     * @param packed uint8 [out, in / 2]
     * @param steps [in / 32, out, 2]: a step and a centre for each 32 numbers of a row
     */
    public record PackedInt4(Tensor packed, Tensor steps) {}

    /** Whether this libtorch packs 4-bit integers as {@code int4.py} says, and products with them are right. */
    public boolean packsInt4() {
        return script.integer("int4_products_are_right") == 1;
    }

    /**
     * Quantises a matrix [out, in], out a multiple of 64 and in of 32, and lays it out.
     *
     * @param type of steps and centres, and so what products are computed in
     */
    public PackedInt4 packInt4(TensorScope scope, Tensor x, ElementType type) {
        List<Tensor> parts = script.tensors(scope, "pack_int4", x, type);
        return new PackedInt4(parts.get(0), parts.get(1));
    }

    /** The inverse of {@link #packInt4}, transposed: [in, out]. */
    public Tensor unpackInt4(TensorScope scope, PackedInt4 parts) {
        return script.tensor(scope, "matrix_int4", parts.packed(), parts.steps());
    }

    /** Overwrites target [out, in] with what {@link #unpackInt4} gave, in target's type. */
    public void putTransposed(Tensor source, Tensor target) {
        script.run("put_transposed", source, target);
    }

    /** Tensors of one width below each other: [r, in] each → [sum of r, in]; or one behind the other, [r] each → [sum of r]. */
    public Tensor belowEachOther(TensorScope scope, List<Tensor> parts) {
        return script.tensor(scope, "below_each_other", parts);
    }

    /** Memory for a tensor on the device where {@code codes} lie. Its elements are whatever was there. */
    public Tensor allocate(TensorScope scope, Tensor codes, ElementType type, long... shape) {
        return script.tensor(scope, "allocate", codes, shape, type);
    }
}
