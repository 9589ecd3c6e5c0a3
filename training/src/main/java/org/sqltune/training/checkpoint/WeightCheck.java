package org.sqltune.training.checkpoint;

import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;

/** Sees to it that spoilt weights never take a good checkpoint's place. */
public final class WeightCheck {
    private final Torch torch;
    private final ScriptModule script;
    private final List<Tensor> masters;

    /** @param script the module {@code optimizer} */
    public WeightCheck(Torch torch, ScriptModule script, List<Parameter> parameters) {
        this.torch = torch;
        this.script = script;
        this.masters = parameters.stream().map(Parameter::master).toList();
    }

    /** @throws SqlTuneException if a weight is infinite or not a number */
    public void requireFinite(int step) {
        try (TensorScope temporary = torch.scope()) {
            float norm = script.tensor(temporary, "global_norm", masters).toFloats()[0];
            if (!Float.isFinite(norm)) {
                throw new SqlTuneException("The weights after step " + step + " have a norm of " + norm
                        + " and aren't saved: lower training.learning_rate or training.max_grad_norm");
            }
        }
    }
}
