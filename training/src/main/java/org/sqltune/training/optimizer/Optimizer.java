package org.sqltune.training.optimizer;

import java.util.List;
import java.util.Map;
import org.sqltune.core.config.settings.OptimizerSettings;
import org.sqltune.core.config.settings.OptimizerSettings.Optim;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;

/**
 * Updates parameters with their gradients. Its state is part of a checkpoint, so a resumed run continues bit for bit.
 */
public interface Optimizer extends AutoCloseable {
    /** Creates the optimizer that the settings name. */
    static Optimizer of(Torch torch, OptimizerSettings settings, List<Parameter> parameters) {
        return settings.optim() == Optim.MUON
                ? new Muon(torch, settings, parameters)
                : new AdamW(torch, settings, parameters);
    }

    /**
     * Applies one optimizer step.
     *
     * @param gradients fp32 gradients in the order of the parameters
     * @param gradientScale factor on the gradients, from gradient clipping
     * @param learningRate this step's learning rate
     */
    void step(List<Tensor> gradients, double gradientScale, double learningRate);

    /** Returns the tensors that a checkpoint must save, by name. */
    Map<String, Tensor> state();

    /**
     * Restores a saved state.
     *
     * @param stepsDone number of steps applied so far
     * @param how {@code EXACT} where the state was saved of the same parameters
     */
    void restore(SafetensorsReader saved, long stepsDone, Restoration how);

    @Override
    void close();
}
