package org.sqltune.training;

import java.util.List;
import java.util.Map;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.Tensor;

/** Changes parameters by their gradients, and keeps a state that can be saved, so that a resumed run goes on exactly. */
interface Optimizer extends AutoCloseable {
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
