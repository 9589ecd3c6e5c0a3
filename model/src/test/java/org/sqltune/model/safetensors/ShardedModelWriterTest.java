package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

class ShardedModelWriterTest {
    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void whatFitsIntoOneFileHasNoIndex() throws IOException {
        write(1000, 10, 20, 30);
        assertThat(files()).containsExactly("model.safetensors");
    }

    /** Four bytes a number. */
    @ParameterizedTest
    @CsvSource({"240, 1", "239, 2", "120, 2", "119, 3", "60, 3", "1, 3"})
    void noFileIsLargerThanAllowedUnlessOneTensorAloneIs(long limit, int shards) throws IOException {
        write(limit, 10, 20, 30);
        assertThat(files()).hasSize(shards == 1 ? 1 : shards + 1);
        assertEverythingIsRead(10, 20, 30);
    }

    @Test
    void theIndexSaysWhatLiesWhereAndHowMuchItIs() throws IOException {
        write(120, 10, 20, 30);
        JsonNode index = new ObjectMapper()
                .readTree(folder.resolve("model.safetensors.index.json").toFile());
        assertThat(index)
                .hasToString("{\"metadata\":{\"total_parameters\":60,\"total_size\":240},\"weight_map\":{"
                        + "\"t0\":\"model-00001-of-00002.safetensors\","
                        + "\"t1\":\"model-00001-of-00002.safetensors\","
                        + "\"t2\":\"model-00002-of-00002.safetensors\"}}");
        assertThat(files())
                .containsExactly(
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json");
    }

    @Test
    void oneTensorAtATimeIsInMemory() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        List<PendingTensor> tensors = new ArrayList<>();
        List<Tensor> given = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tensors.add(new PendingTensor("t" + i, ElementType.FLOAT32, new long[] {5}, owner -> {
                given.forEach(
                        earlier -> assertThatThrownBy(earlier::toFloats).isInstanceOf(IllegalStateException.class));
                Tensor tensor = owner.floats(new float[] {1, 2, 3, 4, asked.getAndIncrement()}, 5);
                given.add(tensor);
                return tensor;
            }));
        }
        new ShardedModelWriter(torch, 40).writeInto(folder, tensors);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aTensorThatIsNotAsPromisedIsNotWritten() {
        PendingTensor wrong = new PendingTensor(
                "w", ElementType.FLOAT32, new long[] {3}, owner -> owner.floats(new float[] {1, 2}, 2));
        assertThatThrownBy(() -> new ShardedModelWriter(torch, 40).writeInto(folder, List.of(wrong)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("w was promised as FLOAT32[3] but is FLOAT32[2]");
    }

    private void write(long limit, int... counts) throws IOException {
        List<PendingTensor> tensors = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            tensors.add(PendingTensor.of(torch, "t" + i, scope.floats(values(i, counts[i]), counts[i])));
        }
        new ShardedModelWriter(torch, limit).writeInto(folder, tensors);
    }

    private void assertEverythingIsRead(int... counts) {
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, folder)) {
            assertThat(reader.names()).hasSize(counts.length);
            for (int i = 0; i < counts.length; i++) {
                assertThat(reader.read(scope, "t" + i, ElementType.FLOAT32, counts[i])
                                .toFloats())
                        .isEqualTo(values(i, counts[i]));
            }
        }
    }

    private static float[] values(int seed, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 100 * seed + i;
        }
        return values;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
