package org.sqltune.model;

import java.util.Optional;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.quantization.Int8Weight;
import org.sqltune.model.quantization.Nf4Weight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.safetensors.FiniteTensors;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/**
 * Weights of a model folder.
 *
 * @param type element type of what isn't quantised
 * @param quantization what the linear layers' weights are rounded to
 * @param packed whether they, and the head, are then laid out as 8-bit integers for products
 */
record StoredWeights(Torch torch, SafetensorsReader files, ElementType type, Quantization quantization, boolean packed)
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
        if (quantization == Quantization.NONE && !packed) {
            return Optional.empty();
        }
        try (TensorScope temporary = torch.scope()) {
            Tensor stored = files.readApart(temporary, name, shape);
            return Optional.of(
                    packed
                            ? PackedInt8Weight.quantize(torch, owner, place(name), rounded(temporary, name, stored))
                            : quantized(owner, name, stored));
        }
    }

    private QuantizedWeight quantized(TensorScope owner, String name, Tensor stored) {
        return quantization == Quantization.NF4
                ? Nf4Weight.quantize(torch, owner, place(name), stored)
                : Int8Weight.quantize(torch, owner, place(name), stored);
    }

    /** The numbers that an adapter was trained over. */
    private Tensor rounded(TensorScope temporary, String name, Tensor stored) {
        return quantization == Quantization.NF4
                ? quantized(temporary, name, stored).dequantize(temporary, ElementType.FLOAT32)
                : stored;
    }

    @Override
    public Optional<QuantizedWeight> packedHead(TensorScope owner, Weight head) {
        return packed
                ? Optional.of(PackedInt8Weight.quantize(torch, owner, place(head.name()), head.value()))
                : Optional.empty();
    }

    private String place(String name) {
        TensorInfo info = files.info(name);
        return info == null ? name : info.file() + ": tensor " + name;
    }
}
