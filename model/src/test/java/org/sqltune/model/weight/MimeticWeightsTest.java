package org.sqltune.model.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

class MimeticWeightsTest {
    private final DecoderConfig config = config();

    @Test
    void keysEqualTheFirstQueriesTheyServe() {
        int head = config.headDim() * config.hiddenSize();
        int group = config.heads() / config.keyValueHeads();
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            MimeticWeights weights = new MimeticWeights(torch, ElementType.FLOAT32, config, 5);
            float[] queries = weight(weights, scope, "q_proj", config.querySize(), config.hiddenSize());
            float[] keys = weight(weights, scope, "k_proj", config.keyValueSize(), config.hiddenSize());
            for (int i = 0; i < keys.length; i++) {
                assertThat(keys[i]).isEqualTo(queries[i / head * group * head + i % head]);
            }
        }
    }

    @Test
    void valueRowsStandAtRightAnglesAndTheOutputPutsThemBack() {
        int hidden = config.hiddenSize();
        int rows = config.keyValueSize();
        int group = config.heads() / config.keyValueHeads();
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            MimeticWeights weights = new MimeticWeights(torch, ElementType.FLOAT32, config, 5);
            float[] values = weight(weights, scope, "v_proj", rows, hidden);
            float[] outputs = weight(weights, scope, "o_proj", hidden, config.querySize());
            for (int row = 0; row < rows; row++) {
                for (int other = 0; other <= row; other++) {
                    double dot = 0;
                    for (int i = 0; i < hidden; i++) {
                        dot += values[row * hidden + i] * values[other * hidden + i];
                    }
                    assertThat(dot).isCloseTo(row == other ? 1 : 0, within(1e-5));
                }
            }
            for (int column = 0; column < config.querySize(); column++) {
                int row = column / config.headDim() / group * config.headDim() + column % config.headDim();
                assertThat((double) outputs[column]).isCloseTo(0.05 * values[row * hidden], within(1e-7));
            }
        }
    }

    private static float[] weight(MimeticWeights weights, TensorScope scope, String projection, long... shape) {
        return weights.weight(scope, "model.layers.1.self_attn." + projection + ".weight", shape)
                .toFloats();
    }

    private static DecoderConfig config() {
        try {
            return DecoderConfigReader.read(
                    Path.of(Objects.requireNonNull(MimeticWeightsTest.class.getResource("/parity/gqa_tied"))
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
