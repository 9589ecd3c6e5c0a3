package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TorchTest {
    @Test
    void castsToBfloat16AndBackKeepEightBitsOfPrecision() {
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            Tensor x = scope.floats(new float[] {1f, 3.14159f, -2.5f, 1e-3f}, 2, 2);
            Tensor half = torch.cast(scope, x, ElementType.BFLOAT16);
            assertThat(torch.type(half)).isEqualTo(ElementType.BFLOAT16);
            assertThat(torch.rawBytes(half, 0, 4)).hasSize(8).startsWith((byte) 0x80, (byte) 0x3f);
            Tensor back = torch.cast(scope, half, ElementType.FLOAT32);
            assertThat(back.toFloats()[1]).isBetween(3.125f, 3.16f);
        }
    }

    @Test
    void aSourceIsCompiledOnce() {
        try (Torch torch = Torch.cpu()) {
            ScriptSource source = ScriptSource.of("lora");
            assertThat(torch.module(source)).isSameAs(torch.module(ScriptSource.of("lora")));
        }
    }

    @Test
    void filesBecomeTheMethodsOfOneClass() {
        String source = ScriptSource.of("decoder/norms", "decoder/linear").asClass(Map.of("epsilon", 1e-5));
        assertThat(source)
                .startsWith("class M(Module):\n  __parameters__ = []")
                .contains("\n  epsilon : float\n", "\n  def rms_norm(self", "\n  def linear(self");
    }
}
