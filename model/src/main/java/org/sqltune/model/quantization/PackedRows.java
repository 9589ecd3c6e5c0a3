package org.sqltune.model.quantization;

import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Rows of a matrix in which several linear layers' weights lie below each other, so that one product computes them all.
 *
 * @param torch where it lies
 * @param whole the matrix
 * @param start its first row that belongs to this weight
 * @param end one behind the last
 */
public record PackedRows(Torch torch, QuantizedWeight whole, long start, long end) implements QuantizedWeight {
    @Override
    public long[] shape() {
        return new long[] {end - start, whole.shape()[1]};
    }

    @Override
    public long bytes() {
        return whole.bytes() / whole.shape()[0] * (end - start);
    }

    @Override
    public boolean dequantizedForProducts() {
        return false;
    }

    @Override
    public Tensor allocate(TensorScope scope, ElementType type) {
        return torch.empty(scope, type, shape());
    }

    @Override
    public void dequantizeInto(Tensor target) {
        try (TensorScope temporary = torch.scope()) {
            Tensor all = whole.dequantize(temporary, torch.type(target));
            torch.assign(target, torch.slice(temporary, all, start, end));
        }
    }
}
