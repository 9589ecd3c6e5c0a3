package org.sqltune.model.quantization;

import java.util.List;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

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
    private final long[] shape;
    private final Tensor codes;
    private final Tensor scaleCodes;
    private final Tensor scaleScales;
    private final Tensor meanScale;

    private Nf4Weight(Torch torch, long[] shape, List<Tensor> parts) {
        this.torch = torch;
        this.shape = shape;
        this.codes = parts.get(0);
        this.scaleCodes = parts.get(1);
        this.scaleScales = parts.get(2);
        this.meanScale = parts.get(3);
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
        List<Tensor> parts = torch.quantization()
                .tensors(owner, "quantize_nf4", weight, NormalFloat4.thresholds(), DynamicMap.thresholds());
        Nf4Weight result = new Nf4Weight(torch, weight.shape(), parts);
        FiniteScales.check(name, result.meanScale);
        return result;
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return torch.quantization().tensor(scope, "allocate", codes, shape, type);
    }

    @Override
    public void dequantizeInto(Tensor target) {
        try (TensorScope temporary = torch.scope()) {
            torch.quantization()
                    .tensor(
                            temporary,
                            "dequantize_nf4",
                            codes,
                            scaleCodes,
                            scaleScales,
                            meanScale,
                            NormalFloat4.levels(),
                            DynamicMap.values(),
                            target);
        }
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public long bytes() {
        return Stream.of(codes, scaleCodes, scaleScales, meanScale)
                .mapToLong(torch::bytes)
                .sum();
    }

    /** Two codes a byte, the first element's in the upper half. */
    Tensor codes() {
        return codes;
    }

    /** A byte a block of 64 elements: its scale's index in the dynamic map. */
    Tensor scaleCodes() {
        return scaleCodes;
    }

    /** fp32, one for 256 scales: what their map values are multiplied with. */
    Tensor scaleScales() {
        return scaleScales;
    }

    /** fp32 [1]: what is added to every scale. */
    Tensor meanScale() {
        return meanScale;
    }
}
