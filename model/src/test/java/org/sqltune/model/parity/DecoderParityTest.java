package org.sqltune.model.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.model.parity.DecoderResults.bothRows;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.rootMeanSquare;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Models stored in other ways: in several files, with an old config.json, in bfloat16. */
class DecoderParityTest {
    @ParameterizedTest
    @ValueSource(strings = {"sharded", "mistral_tiny"})
    void logitsEqualTransformers(String fixtureName) {
        ParityFixture fixture = ParityFixture.of(fixtureName);
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.FLOAT32)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] expected = fixture.floats(torch, "expected.safetensors", "logits");
            assertThat(largestDifference(bothRows(decoder, ids), expected)).isLessThan(1e-4);
        }
    }

    @Test
    void weightsStoredInBfloat16ComputeAsCloselyAsTheReferencesOwn() {
        ParityFixture fixture = ParityFixture.of("bf16_stored");
        try (Torch torch = Torch.cpu();
                Decoder decoder = fixture.decoder(torch, ElementType.BFLOAT16)) {
            long[] ids = fixture.longs(torch, "expected.safetensors", "input_ids");
            float[] exact = fixture.floats(torch, "expected.safetensors", "logits");
            float[] reference = fixture.floats(torch, "expected.safetensors", "logits_bf16");
            double referenceError = rootMeanSquare(reference, exact);
            assertThat(rootMeanSquare(bothRows(decoder, ids), exact)).isLessThan(1.5 * referenceError);
        }
    }
}
