package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** What was written is read: values, types, shapes, names. */
class RoundTripTest {
    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT16", "BFLOAT16"})
    void everyFloatingTypeKeepsItsBits(ElementType type) {
        Tensor original = torch.cast(scope, scope.floats(new float[] {1.1f, -2.7f, 1e-3f, 300, 0, -0f}, 3, 2), type);
        Path file = write(Map.of("w", original));
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            Tensor same = reader.read(scope, "w", type, 3, 2);
            assertThat(torch.type(same)).isEqualTo(type);
            assertThat(torch.rawBytes(same, 0, 6)).isEqualTo(torch.rawBytes(original, 0, 6));
            Tensor widened = reader.read(scope, "w", ElementType.FLOAT32, 3, 2);
            assertThat(widened.toFloats())
                    .isEqualTo(torch.cast(scope, original, ElementType.FLOAT32).toFloats());
        }
    }

    @Test
    void aTensorIsConvertedToTheTypeAskedFor() {
        Path file = write(Map.of("w", scope.floats(new float[] {1, 3.14159f}, 2)));
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            Tensor half = reader.read(scope, "w", ElementType.BFLOAT16, 2);
            assertThat(torch.type(half)).isEqualTo(ElementType.BFLOAT16);
            assertThat(torch.cast(scope, half, ElementType.FLOAT32).toFloats()).containsExactly(1, 3.140625f);
        }
    }

    @Test
    void tensorsOutliveTheReader() {
        Path file = write(Map.of("w", scope.floats(new float[] {1, 2, 3, 4}, 2, 2)));
        Tensor kept;
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            kept = reader.read(scope, "w", ElementType.FLOAT32, 2, 2);
        }
        assertThat(kept.toFloats()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void changingATensorThatWasReadLeavesTheFileAlone() throws IOException {
        Path file = write(Map.of("w", scope.floats(new float[] {1, 2, 3, 4}, 4)));
        byte[] before = Files.readAllBytes(file);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            Tensor read = reader.read(scope, "w", ElementType.FLOAT32, 4);
            torch.assign(read, scope.floats(new float[] {9, 9, 9, 9}, 4));
            assertThat(read.toFloats()).containsExactly(9, 9, 9, 9);
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aViewIsWrittenInItsOwnOrder() {
        Tensor matrix = scope.floats(new float[] {0, 1, 2, 3, 4, 5}, 3, 2);
        Path file = write(Map.of("tail", torch.slice(scope, matrix, 1, 3)));
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertThat(reader.read(scope, "tail", ElementType.FLOAT32, 2, 2).toFloats())
                    .containsExactly(2, 3, 4, 5);
        }
    }

    @Test
    void dataBehindAHeaderOfOddLengthIsReadRight() {
        String header = "{\"f\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[8,12]}}";
        String odd = header.length() % 2 == 0 ? header + " " : header;
        ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(1.5f).putFloat(-2.25f).putShort((short) 0x3fc0).putShort((short) 0xc000);
        Path file = RawFile.write(folder.resolve("odd"), odd, data.array());
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertThat(reader.read(scope, "f", ElementType.FLOAT32, 2).toFloats())
                    .containsExactly(1.5f, -2.25f);
            assertThat(reader.read(scope, "b", ElementType.FLOAT32, 2).toFloats())
                    .containsExactly(1.5f, -2);
            Tensor stored = reader.read(scope, "b", ElementType.BFLOAT16, 2);
            assertThat(torch.rawBytes(stored, 0, 2)).containsExactly(0xc0, 0x3f, 0x00, 0xc0);
        }
    }

    @Test
    void theHeaderSaysPtAndDataBeginsAtAMultipleOfEight() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("one", scope.floats(new float[] {1}, 1));
        tensors.put("two", scope.floats(new float[] {2, 3}, 2));
        byte[] content = Files.readAllBytes(write(tensors));
        long length = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(length % 8).isZero();
        JsonNode header = new ObjectMapper().readTree(Arrays.copyOfRange(content, 8, 8 + (int) length));
        assertThat(header.path("__metadata__").path("format").asText()).isEqualTo("pt");
        assertThat(header.path("two").path("data_offsets").toString()).isEqualTo("[4,12]");
        assertThat(content).hasSize(8 + (int) length + 12);
    }

    /** Any names, types and shapes; repetition i uses seed i. */
    @RepeatedTest(15)
    void headersOfAllKindsSurvive(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            tensors.put(randomName(random, i), randomTensor(random));
        }
        Map<String, TensorInfo> header = SafetensorsHeader.read(write(tensors));
        assertThat(header.keySet()).containsExactlyElementsOf(tensors.keySet());
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, folder.resolve("model.safetensors"))) {
            tensors.forEach((name, original) -> {
                TensorInfo info = Objects.requireNonNull(header.get(name));
                assertThat(info.type()).isEqualTo(torch.type(original));
                assertThat(info.shape()).isEqualTo(original.shape());
                Tensor read = reader.read(scope, info, info.type());
                assertThat(read.shape()).isEqualTo(original.shape());
                assertThat(torch.rawBytes(read, 0, read.count()))
                        .isEqualTo(torch.rawBytes(original, 0, original.count()));
            });
        }
    }

    private static String randomName(Random random, int index) {
        List<String> parts =
                List.of("model.layers.", "\"quoted\"", "back\\slash", "größe", "名前", "😀", " ", "\t", "__");
        return parts.get(random.nextInt(parts.size())) + parts.get(random.nextInt(parts.size())) + index;
    }

    private Tensor randomTensor(Random random) {
        long[] shape = random.longs(random.nextInt(4), 0, 5).toArray();
        List<ElementType> types = List.of(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16);
        ElementType type = types.get(random.nextInt(types.size()));
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (count == 0) {
            return torch.zeros(scope, type, shape);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return torch.cast(scope, scope.floats(values, shape), type);
    }

    private Path write(Map<String, Tensor> tensors) {
        Path file = folder.resolve("model.safetensors");
        new SafetensorsWriter(torch).write(file, tensors);
        return file;
    }
}
