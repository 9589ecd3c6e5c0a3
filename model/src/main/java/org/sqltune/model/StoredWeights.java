package org.sqltune.model;

import java.util.Optional;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.quantization.Int8Weight;
import org.sqltune.model.quantization.Nf4Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.safetensors.FiniteTensors;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.WeightSource;

/**
 * Weights of a model folder.
 *
 * @param type element type of what isn't quantised
 * @param quantization how the linear layers' weights are held
 */
record StoredWeights(Torch torch, SafetensorsReader files, ElementType type, Quantization quantization)
        implements WeightSource {
    @Override
    public Tensor weight(TensorScope owner, String name, long... shape) {
        return new FiniteTensors(torch, files).read(owner, name, type, shape);
    }

    @Override
    public Guard guard() {
        return files.takeMapped();
    }

    @Override
    public Optional<QuantizedWeight> quantized(TensorScope owner, String name, long... shape) {
        if (quantization == Quantization.NONE) {
            return Optional.empty();
        }
        try (TensorScope temporary = torch.scope()) {
            Tensor stored = files.readApart(temporary, name, shape);
            return Optional.of(
                    quantization == Quantization.NF4
                            ? Nf4Weight.quantize(torch, owner, place(name), stored)
                            : Int8Weight.quantize(torch, owner, place(name), stored));
        }
    }

    private String place(String name) {
        TensorInfo info = files.info(name);
        return info == null ? name : info.file() + ": tensor " + name;
    }
}
