package org.sqltune.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.quantization.Int8Weight;
import org.sqltune.model.quantization.Nf4Weight;
import org.sqltune.model.quantization.PackedBfloat16Weight;
import org.sqltune.model.quantization.PackedHalfWeight;
import org.sqltune.model.quantization.PackedInt4Weight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.safetensors.FiniteTensors;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.Int8Script;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/**
 * Weights of a model folder.
 *
 * @param type element type of what isn't quantised
 * @param quantization what the linear layers' weights are rounded to
 * @param layout how they, and the head, lie in memory; but for {@link WeightLayout#PLAIN} after they were rounded so
 * @param int8 layout of what is held in 8 bits; empty where the processor doesn't multiply so, or nothing needs it
 */
record StoredWeights(
        Torch torch,
        SafetensorsReader files,
        ElementType type,
        Quantization quantization,
        WeightLayout layout,
        Optional<Int8Script.Layout> int8)
        implements WeightSource {
    StoredWeights(
            Torch torch, SafetensorsReader files, ElementType type, Quantization quantization, WeightLayout layout) {
        this(
                torch,
                files,
                type,
                quantization,
                layout,
                layout == WeightLayout.INT8 || layout == WeightLayout.INT4
                        ? PackedInt8Weight.layout(torch)
                        : Optional.empty());
    }

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
        if (layout != WeightLayout.PLAIN) {
            return together(owner, List.of(name), List.of(shape));
        }
        if (quantization == Quantization.NONE) {
            return Optional.empty();
        }
        try (TensorScope temporary = torch.scope()) {
            return Optional.of(quantized(owner, name, files.readApart(temporary, name, shape)));
        }
    }

    @Override
    public Optional<QuantizedWeight> together(TensorScope owner, List<String> names, List<long[]> shapes) {
        if (layout == WeightLayout.PLAIN || layout == WeightLayout.INT4 && !fitsInt4(shapes)) {
            return Optional.empty();
        }
        try (TensorScope temporary = torch.scope()) {
            List<Tensor> parts = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                parts.add(rounded(temporary, names.get(i), files.readApart(temporary, names.get(i), shapes.get(i))));
            }
            return Optional.of(packed(owner, names, parts));
        }
    }

    private static boolean fitsInt4(List<long[]> shapes) {
        long rows = shapes.stream().mapToLong(each -> each[0]).sum();
        return PackedInt4Weight.fits(rows, shapes.get(0)[1]);
    }

    private QuantizedWeight packed(TensorScope owner, List<String> names, List<Tensor> parts) {
        if (layout == WeightLayout.INT8) {
            return inInt8(owner, names, parts);
        }
        if (layout == WeightLayout.INT4) {
            return PackedInt4Weight.quantize(
                    torch, owner, names.stream().map(this::place).toList(), parts, type);
        }
        for (int i = 0; i < parts.size(); i++) {
            TensorInfo info = files.info(names.get(i));
            if (info != null) {
                FiniteTensors.require(torch, parts.get(i), info.file(), names.get(i));
            }
        }
        return layout == WeightLayout.HALF
                ? PackedHalfWeight.pack(
                        torch, owner, names.stream().map(this::place).toList(), parts)
                : PackedBfloat16Weight.pack(torch, owner, parts);
    }

    private QuantizedWeight inInt8(TensorScope owner, List<String> names, List<Tensor> parts) {
        return PackedInt8Weight.quantize(
                torch,
                int8.orElseThrow(),
                owner,
                names.stream().map(this::place).toList(),
                parts);
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
        return switch (layout) {
            case PLAIN -> Optional.empty();
            case PACKED -> Optional.of(PackedBfloat16Weight.pack(torch, owner, List.of(head.value())));
            case HALF ->
                Optional.of(PackedHalfWeight.pack(torch, owner, List.of(place(head.name())), List.of(head.value())));
            case INT8 -> Optional.of(inInt8(owner, List.of(head.name()), List.of(head.value())));
            case INT4 -> int8.map(any -> inInt8(owner, List.of(head.name()), List.of(head.value())));
        };
    }

    private String place(String name) {
        TensorInfo info = files.info(name);
        return info == null ? name : info.file() + ": tensor " + name;
    }
}
