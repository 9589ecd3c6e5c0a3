package org.sqltune.training.optimizer;

import java.util.List;
import java.util.Map;
import org.sqltune.core.config.settings.OptimizerSettings;
import org.sqltune.core.config.settings.OptimizerSettings.Optim;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;

/** Changes parameters by their gradients, and keeps a state that can be saved, so that a resumed run goes on exactly. */
public interface Optimizer extends AutoCloseable {
    /** The one that the settings name. */
    static Optimizer of(Torch torch, OptimizerSettings settings, List<Parameter> parameters) {
        return settings.optim() == Optim.MUON
                ? new Muon(torch, settings, parameters)
                : new AdamW(torch, settings, parameters);
    }

    /**
     * One step.
     *
     * @param gradients fp32, in the parameters' order
     * @param gradientScale what they are multiplied by first: the clipping
     * @param learningRate this step's learning rate
     */
    void step(List<Tensor> gradients, double gradientScale, double learningRate);

    /** What must be saved, by name. */
    Map<String, Tensor> state();

    /** Goes on from a saved state. */
    void restore(SafetensorsReader saved, long stepsDone);

    @Override
    void close();
}
