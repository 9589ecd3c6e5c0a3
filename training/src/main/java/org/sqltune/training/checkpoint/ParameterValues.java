package org.sqltune.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;

/** Reads and overwrites the fp32 values of parameters, for checkpoints. */
final class ParameterValues {
    private ParameterValues() {}

    /** Returns the fp32 master values by parameter name. */
    static Map<String, Tensor> masters(List<Parameter> parameters) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.master()));
        return values;
    }

    /** Overwrites the parameters with the values in a file. */
    static void restore(Torch torch, List<Parameter> parameters, SafetensorsReader saved) {
        for (Parameter parameter : parameters) {
            try (TensorScope scope = torch.scope()) {
                Tensor value = saved.read(
                        scope,
                        parameter.name(),
                        ElementType.FLOAT32,
                        parameter.master().shape());
                torch.assign(parameter.master(), value);
                parameter.refresh(torch);
            }
        }
    }
}
