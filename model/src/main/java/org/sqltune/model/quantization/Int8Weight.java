package org.sqltune.model.quantization;

import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * 8-bit integers with a scale for each row: its largest absolute value becomes ±127. Weights only; what they are
 * multiplied with stays as it is (vector-wise quantisation of LLM.int8(): Dettmers et al., arXiv:2208.07339, without its
 * treatment of outliers in the activations, which needs none here).
 */
public final class Int8Weight implements QuantizedWeight {
    private final Torch torch;
    private final Tensor codes;
    private final Tensor scales;

    private Int8Weight(Torch torch, Tensor codes, Tensor scales) {
        this.torch = torch;
        this.codes = codes;
        this.scales = scales;
    }

    /**
     * Quantises a matrix, some rows at a time.
     *
     * @param owner owns the result's tensors
     * @param name its name, for errors
     * @param weight [out, in], floating-point numbers of any type; only read
     * @throws SqlTuneException if it holds NaN or infinity
     */
    public static Int8Weight quantize(Torch torch, TensorScope owner, String name, Tensor weight) {
        List<Tensor> parts = torch.quantization().tensors(owner, "quantize_int8", weight);
        FiniteScales.check(name, parts.get(1));
        return new Int8Weight(torch, parts.get(0), parts.get(1));
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return torch.quantization().tensor(scope, "allocate", codes, shape(), type);
    }

    @Override
    public void dequantizeInto(Tensor target) {
        try (TensorScope temporary = torch.scope()) {
            torch.quantization().tensor(temporary, "dequantize_int8", codes, scales, target);
        }
    }

    @Override
    public long[] shape() {
        return codes.shape();
    }

    @Override
    public long bytes() {
        return torch.bytes(codes) + torch.bytes(scales);
    }
}
