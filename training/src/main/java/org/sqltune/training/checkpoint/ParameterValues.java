package org.sqltune.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.model.safetensors.Restoration;
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

    /** Overwrites the parameters with the values in a file. Returns how many kept theirs. */
    static int restore(Torch torch, List<Parameter> parameters, SafetensorsReader saved, Restoration how) {
        int kept = 0;
        for (Parameter parameter : parameters) {
            if (!how.takes(saved, parameter.name(), parameter.master().shape())) {
                kept++;
                continue;
            }
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
        return kept;
    }
}
