package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.lora.MergedModelWriter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** A NaN or an infinity among weights is an error that names the file and the tensor, and no answer. */
class FiniteWeightsTest {
    private static final String TENSOR = "model.layers.1.mlp.up_proj.weight";

    @TempDir
    private Path folder;

    private Path weights = Path.of("model.safetensors");

    @BeforeEach
    void copy() {
        TestFolders.copyFixture("tiny_llama_with_tokenizer", folder);
        weights = folder.resolve("model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aModelIsNotLoaded(float value) throws IOException {
        put(weights, TENSOR, value);
        for (ElementType type : new ElementType[] {ElementType.FLOAT32, ElementType.BFLOAT16}) {
            assertThatThrownBy(() -> load(type, Quantization.NONE))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageStartingWith(weights + ": tensor " + TENSOR + " holds NaN or infinity");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NF4", "INT8"})
    void norIsItQuantised(Quantization quantization) throws IOException {
        put(weights, TENSOR, Float.NaN);
        assertThatThrownBy(() -> load(ElementType.FLOAT32, quantization))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(weights + ": tensor " + TENSOR + " holds NaN or infinity");
    }

    @Test
    void anAdapterIsNotLoaded() throws IOException {
        Path adapter = folder.resolve("adapter");
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, folder, ElementType.FLOAT32)) {
            try (LoraAdapter fresh = LoraAdapter.create(model.decoder(), config(), 1)) {
                AtomicFiles.writeFolder(
                        adapter, into -> PeftAdapterFiles.writeInto(into, fresh, model.decoder(), "tiny"));
            }
            Path file = adapter.resolve("adapter_model.safetensors");
            String name = "base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight";
            put(file, name, Float.NaN);
            assertThatThrownBy(() -> model.loadAdapter(adapter))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageStartingWith(file + ": tensor " + name + " holds NaN or infinity");
        }
    }

    @Test
    void aMergeThatOverflowsLeavesNoModel() {
        Path merged = folder.resolve("merged");
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, folder, ElementType.FLOAT32);
                LoraAdapter huge = LoraAdapter.create(model.decoder(), config(), 1);
                TensorScope scope = torch.scope()) {
            huge.all().forEach(each -> {
                float[] values = new float[(int) each.master().count()];
                java.util.Arrays.fill(values, 1e30f);
                torch.assign(each.master(), scope.floats(values, each.master().shape()));
            });
            assertThatThrownBy(() ->
                            new MergedModelWriter(torch, 1 << 30).write(merged, folder, huge, ProgressListener.NONE))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("tensor model.layers.0.self_attn.q_proj.weight holds NaN or infinity");
        }
        assertThat(merged).doesNotExist();
    }

    @Test
    void largeNumbersWhoseSumOverflowsAreFinite() {
        try (Torch torch = Torch.cpu();
                TensorScope scope = torch.scope()) {
            Tensor large = scope.floats(new float[] {3e38f, 3e38f, 1}, 3);
            assertThat(torch.isFinite(large)).isTrue();
            assertThat(torch.isFinite(
                            scope.floats(new float[] {1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}, 3)))
                    .isFalse();
        }
    }

    private static LoraConfig config() {
        return new LoraConfig(2, 4, 0, java.util.List.of("q_proj"));
    }

    private void load(ElementType type, Quantization quantization) {
        try (Torch torch = Torch.cpu()) {
            LanguageModel.load(torch, folder, type, quantization).close();
        }
    }

    /** Overwrites an fp32 element in the middle of a tensor. */
    private static void put(Path file, String name, float value) throws IOException {
        TensorInfo info = TensorInfo.ofFile(file).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(info.start() + (info.end() - info.start()) / 8 * 4);
            out.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
        }
    }
}
