package org.sqltune.model.quantization;

import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.QuantizationScript;

/**
 * 4-bit NormalFloat with double quantisation (QLoRA: Dettmers et al., arXiv:2305.14314), as bitsandbytes stores it with
 * {@code compress_statistics}: 4.127 bits an element.
 *
 * <p>The elements in row-major order form blocks of 64, the last one perhaps shorter; a block's scale is its largest
 * absolute value, and an element is the {@linkplain NormalFloat4 level} nearest to its share of that. The scales, less
 * their mean, are quantised again in blocks of 256 to 8 bits of the {@linkplain DynamicMap signed dynamic map}.
 *
 * <p>Arithmetic is IEEE's in fp32. bitsandbytes' CUDA, CPU and Python paths differ from each other in some scales, so
 * three choices are ours: the scales' mean is taken in fp64, then rounded; blocks of zeros stay zeros, as on its CPU path;
 * the map is the one of processors with AVX2.
 */
public final class Nf4Weight implements QuantizedWeight {
    private final Torch torch;
    private final QuantizationScript script;
    private final long[] shape;
    private final QuantizationScript.Nf4 parts;

    private Nf4Weight(Torch torch, QuantizationScript script, long[] shape, QuantizationScript.Nf4 parts) {
        this.torch = torch;
        this.script = script;
        this.shape = shape;
        this.parts = parts;
    }

    /**
     * Quantises a matrix, a part at a time.
     *
     * @param owner owns the result's tensors
     * @param name its name, for errors
     * @param weight floating-point numbers of any type and shape; only read
     * @throws SqlTuneException if it holds NaN or infinity
     */
    public static Nf4Weight quantize(Torch torch, TensorScope owner, String name, Tensor weight) {
        QuantizationScript script = new QuantizationScript(torch);
        QuantizationScript.Nf4 parts =
                script.quantizeNf4(owner, weight, NormalFloat4.thresholds(), DynamicMap.thresholds());
        FiniteScales.check(name, parts.meanScale());
        return new Nf4Weight(torch, script, weight.shape(), parts);
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return script.allocate(scope, parts.codes(), type, shape);
    }

    @Override
    public void dequantizeInto(Tensor target) {
        script.dequantizeNf4(parts, NormalFloat4.levels(), DynamicMap.values(), target);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public long bytes() {
        return Stream.of(parts.codes(), parts.scaleCodes(), parts.scaleScales(), parts.meanScale())
                .mapToLong(torch::bytes)
                .sum();
    }

    /** Codes and scales. */
    QuantizationScript.Nf4 parts() {
        return parts;
    }
}
