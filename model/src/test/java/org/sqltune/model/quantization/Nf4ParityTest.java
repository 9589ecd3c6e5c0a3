package org.sqltune.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** NF4 against the NumPy reference of {@code tools/parity/nf4.py}, bit for bit. */
class Nf4ParityTest {
    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();
    private final SafetensorsReader fixture = SafetensorsReader.ofFile(torch, file());

    @AfterEach
    void closeTorch() {
        fixture.close();
        torch.close();
    }

    @Test
    void theDynamicMapIsTheReferences() {
        float[] expected = stored("dynamic_map").toFloats();
        double[] values = DynamicMap.values();
        assertThat(values).hasSize(256);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).as("value " + i).isEqualTo(expected[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"many_groups", "odd", "one", "half_precision", "outliers", "exactly_half_way", "zeros"})
    void codesAndScalesAreTheReferences(String name) {
        Nf4Weight weight = Nf4Weight.quantize(torch, scope, name, stored(name + ".weight"));
        assertThat(bytes(weight.parts().codes())).isEqualTo(bytes(stored(name + ".packed")));
        assertThat(bytes(weight.parts().scaleCodes())).isEqualTo(bytes(stored(name + ".scale_codes")));
        assertThat(bytes(weight.parts().scaleScales())).isEqualTo(bytes(stored(name + ".scale_scales")));
        assertThat(bytes(weight.parts().meanScale())).isEqualTo(bytes(stored(name + ".mean_scale")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"many_groups", "odd", "one", "half_precision", "outliers", "exactly_half_way", "zeros"})
    void dequantisedWeightsAreTheReferences(String name) {
        Nf4Weight weight = Nf4Weight.quantize(torch, scope, name, stored(name + ".weight"));
        Tensor single = weight.dequantize(scope, ElementType.FLOAT32);
        Tensor half = weight.dequantize(scope, ElementType.BFLOAT16);
        assertThat(single.shape()).isEqualTo(stored(name + ".weight").shape());
        assertThat(bytes(single)).isEqualTo(bytes(stored(name + ".float32")));
        assertThat(torch.type(half)).isEqualTo(ElementType.BFLOAT16);
        assertThat(bytes(half)).isEqualTo(bytes(stored(name + ".bfloat16")));
    }

    private Tensor stored(String name) {
        TensorInfo info = Objects.requireNonNull(fixture.info(name), () -> "no tensor " + name);
        return fixture.read(scope, info, info.type());
    }

    private byte[] bytes(Tensor tensor) {
        return torch.rawBytes(tensor, 0, tensor.count());
    }

    private static Path file() {
        try {
            return Path.of(Objects.requireNonNull(Nf4ParityTest.class.getResource("/quantization/nf4.safetensors"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
