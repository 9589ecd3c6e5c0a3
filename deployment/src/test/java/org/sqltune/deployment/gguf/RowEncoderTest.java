package org.sqltune.deployment.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowEncoderTest {
    /** {@code tools/gguf/quantised_rows.py} made them with llama.cpp's own library. */
    @ParameterizedTest
    @EnumSource(
            value = GgufType.class,
            names = {"Q4_0", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void rowsHaveTheBytesThatLlamaCppMakesOfThem(GgufType type) throws IOException {
        JsonNode cases = cases();
        assertThat(cases).hasSize(11);
        for (int i = 0; i < cases.size(); i++) {
            ByteBuffer bytes = ByteBuffer.wrap(
                            Base64.getDecoder().decode(cases.get(i).path("row").asText()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] row = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(row);
            ByteBuffer out = ByteBuffer.allocate(type.rowBytes(row.length)).order(ByteOrder.LITTLE_ENDIAN);

            RowEncoder.encode(type, row, out);

            assertThat(out.array())
                    .as("row %d", i)
                    .isEqualTo(Base64.getDecoder()
                            .decode(cases.get(i).path(type.name()).asText()));
        }
    }

    private static JsonNode cases() throws IOException {
        try (InputStream in = RowEncoderTest.class.getResourceAsStream("/gguf/quantised_rows.json")) {
            return JsonMapper.builder().build().readTree(Objects.requireNonNull(in));
        }
    }
}
