package org.sqltune.model.quantization;

import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.QuantizationScript;

/**
 * 8-bit integers with a scale for each row: its largest absolute value becomes ±127. Weights only; what they are
 * multiplied with stays as it is (vector-wise quantisation of LLM.int8(): Dettmers et al., arXiv:2208.07339, without its
 * treatment of outliers in the activations, which needs none here).
 */
public final class Int8Weight implements QuantizedWeight {
    private final Torch torch;
    private final QuantizationScript script;
    private final QuantizationScript.Int8 parts;

    private Int8Weight(Torch torch, QuantizationScript script, QuantizationScript.Int8 parts) {
        this.torch = torch;
        this.script = script;
        this.parts = parts;
    }

    /**
     * Quantises a matrix, some rows at a time.
     *
     * @param owner owns the result's tensors
     * @param name its name, for errors
     * @param weight [out, in], floating-point numbers of any type; only read
     * @throws org.sqltune.core.SqlTuneException if it holds NaN or infinity
     */
    public static Int8Weight quantize(Torch torch, TensorScope owner, String name, Tensor weight) {
        QuantizationScript script = new QuantizationScript(torch);
        QuantizationScript.Int8 parts = script.quantizeInt8(owner, weight);
        FiniteScales.check(name, parts.scales());
        return new Int8Weight(torch, script, parts);
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return script.allocate(scope, parts.codes(), type, shape());
    }

    @Override
    public void dequantizeInto(Tensor target) {
        script.dequantizeInt8(parts, target);
    }

    @Override
    public long[] shape() {
        return parts.codes().shape();
    }

    @Override
    public long bytes() {
        return torch.bytes(parts.codes()) + torch.bytes(parts.scales());
    }
}
