package org.sqltune.model.lora;

import java.util.List;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;

/**
 * The part of a weight that an adapter took over when it began (PiSSA), and the rest of the weight. The weight itself
 * stays as it is, so memory holds both.
 */
final class PrincipalPart {
    private final Torch torch;
    private final Tensor weight;
    private final double scale;
    private final Tensor a;
    private final Tensor b;
    private final Tensor residual;

    /**
     * @param owner owns the copies
     * @param weight the base's, [out, in]
     * @param first the adapter's first A
     * @param second its first B
     */
    PrincipalPart(Torch torch, TensorScope owner, Tensor weight, double scale, Tensor first, Tensor second) {
        this.torch = torch;
        this.weight = weight;
        this.scale = scale;
        this.a = torch.copy(owner, first);
        this.b = torch.copy(owner, second);
        this.residual = torch.copy(owner, weight);
        subtract();
    }

    private void subtract() {
        try (TensorScope temporary = torch.scope()) {
            torch.lora().tensor(temporary, "residual", weight, a, b, scale, residual);
        }
    }

    /** The weight without the part, in its element type. */
    Tensor residual() {
        return residual;
    }

    /**
     * What training changed, as an update of twice the rank on the whole weight: A over the first A, B beside the negated
     * first B.
     */
    List<Tensor> difference(TensorScope scope, Parameter currentA, Parameter currentB) {
        return torch.lora().tensors(scope, "difference", currentA.master(), currentB.master(), a, b);
    }

    /** The inverse of {@link #difference}, bit for bit: A and B of then, and the part they began with. */
    void restore(Tensor differenceA, Tensor differenceB, Parameter currentA, Parameter currentB) {
        try (TensorScope temporary = torch.scope()) {
            List<Tensor> parts = torch.lora().tensors(temporary, "difference_parts", differenceA, differenceB);
            torch.assign(currentA.master(), parts.get(0));
            torch.assign(currentB.master(), parts.get(1));
            torch.assign(a, parts.get(2));
            torch.assign(b, parts.get(3));
        }
        subtract();
    }
}
