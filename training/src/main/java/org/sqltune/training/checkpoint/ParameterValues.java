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

/** Values of parameters out of and into files. */
final class ParameterValues {
    private ParameterValues() {}

    /** The optimizer's values by name, fp32. */
    static Map<String, Tensor> masters(List<Parameter> parameters) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.master()));
        return values;
    }

    /** Overwrites the parameters with a file's values. */
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
