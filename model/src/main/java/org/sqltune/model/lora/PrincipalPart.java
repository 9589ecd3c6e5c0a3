package org.sqltune.model.lora;

import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LoraScript;
import org.sqltune.model.torch.script.LoraScript.Factors;
import org.sqltune.model.weight.Parameter;

/**
 * The part of a weight that an adapter took over when it began (PiSSA), and the rest of the weight. The weight itself
 * stays as it is, so memory holds both.
 */
final class PrincipalPart {
    private final Torch torch;
    private final LoraScript script;
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
        this.script = new LoraScript(torch);
        this.weight = weight;
        this.scale = scale;
        this.a = torch.copy(owner, first);
        this.b = torch.copy(owner, second);
        this.residual = torch.copy(owner, weight);
        subtract();
    }

    private void subtract() {
        script.residual(weight, new Factors(a, b), scale, residual);
    }

    /** The weight without the part, in its element type. */
    Tensor residual() {
        return residual;
    }

    /**
     * What training changed, as an update of twice the rank on the whole weight: A over the first A, B beside the negated
     * first B.
     */
    Factors difference(TensorScope scope, Parameter currentA, Parameter currentB) {
        Factors now = new Factors(currentA.master(), currentB.master());
        return script.difference(scope, new LoraScript.Difference(now, new Factors(a, b)));
    }

    /** The inverse of {@link #difference}, bit for bit: A and B of then, and the part they began with. */
    void restore(Factors difference, Parameter currentA, Parameter currentB) {
        try (TensorScope temporary = torch.scope()) {
            LoraScript.Difference parts = script.differenceParts(temporary, difference);
            torch.assign(currentA.master(), parts.now().a());
            torch.assign(currentB.master(), parts.now().b());
            torch.assign(a, parts.before().a());
            torch.assign(b, parts.before().b());
        }
        subtract();
    }
}
