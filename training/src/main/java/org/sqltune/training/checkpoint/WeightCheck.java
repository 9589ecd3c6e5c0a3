package org.sqltune.training.checkpoint;

import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.OptimizerScript;
import org.sqltune.model.weight.Parameter;

/** Prevents weights that are not finite from being saved over a good checkpoint. */
public final class WeightCheck {
    private final Torch torch;
    private final OptimizerScript script;
    private final List<Tensor> masters;

    /** @param parameters the parameters to check */
    public WeightCheck(Torch torch, List<Parameter> parameters) {
        this.torch = torch;
        this.script = new OptimizerScript(torch);
        this.masters = parameters.stream().map(Parameter::master).toList();
    }

    /** Throws a {@link SqlTuneException} if a weight is infinite or NaN. */
    public void requireFinite(int step) {
        try (TensorScope temporary = torch.scope()) {
            float norm = script.globalNorm(temporary, masters).toFloats()[0];
            if (!Float.isFinite(norm)) {
                throw new SqlTuneException("The weights after step " + step + " have a norm of " + norm
                        + " and aren't saved: lower training.learning_rate or training.max_grad_norm");
            }
        }
    }
}
