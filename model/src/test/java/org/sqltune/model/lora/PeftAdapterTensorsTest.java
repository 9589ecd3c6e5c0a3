package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/** adapter_model.safetensors must fit the configuration and the model. */
class PeftAdapterTensorsTest extends PeftAdapterFixture {
    @Test
    void picklesAreRefusedWithTheRemedy() throws IOException {
        Files.move(folder.resolve("adapter_model.safetensors"), folder.resolve("adapter_model.bin"));
        assertRefused(this::load, "adapter_model.safetensors", ".bin", "safe_serialization=True");
    }

    @Test
    void anotherRankThanTheFilesIsNamedWithBothShapes() {
        edit(config -> config.put("r", 8));
        assertRefused(this::load, "layers.0.self_attn.q_proj.lora_A.weight", "[4, 32]", "[8, 32]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mqa_bias_headdim | layers.0.self_attn.q_proj.lora_A.weight has shape [4, 32] | call for [4, 48]",
                "mha_untied | layers.0.self_attn.k_proj.lora_B.weight has shape [16, 4] | call for [32, 4]",
                "gpt_neox | target_modules names down_proj | query_key_value"
            })
    void anAdapterOfAnotherModelIsNamedWithBothModels(String fixture, String one, String other) {
        Path adapter = ParityFixture.of("gqa_tied").folder().resolve("adapter");
        try (Decoder another = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32)) {
            assertRefused(
                    () -> PeftAdapterFiles.load(adapter, another, "models/other"),
                    one,
                    other,
                    "The adapter was made for tiny-random; the model loaded is models/other");
        }
    }

    @Test
    void anAdapterOfADeeperModelIsNamedWithBothModels() {
        rewrite(tensors -> {
            Map<String, Tensor> more = new LinkedHashMap<>(tensors);
            more.put(
                    "base_model.model.model.layers.2.mlp.up_proj.lora_A.weight",
                    tensors.values().iterator().next());
            return more;
        });
        assertRefused(
                this::load,
                "tensor base_model.model.model.layers.2.mlp.up_proj.lora_A.weight",
                "made for tiny-random; the model loaded is one of model_type llama with 2 layers and hidden_size 32");
    }

    @Test
    void keysOfAStateDictionaryAreReadWithTheAdaptersNameInThem() {
        Map<String, float[]> before = values();
        rewrite(tensors -> {
            Map<String, Tensor> named = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> named.put(name.replace(".weight", ".default.weight"), tensor));
            return named;
        });

        assertThat(TensorInfo.ofFile(folder.resolve("adapter_model.safetensors")))
                .allSatisfy(tensor -> assertThat(tensor.name()).endsWith(".default.weight"));
        assertThat(values()).usingRecursiveComparison().isEqualTo(before);
        assertThat(AdapterDescription.read(folder).linearLayers()).isEqualTo(2 * 7);
    }

    @Test
    void aTensorThatIsThereUnderBothNamesIsNamed() {
        rewrite(tensors -> {
            Map<String, Tensor> more = new LinkedHashMap<>(tensors);
            String name = tensors.keySet().iterator().next();
            more.put(name.replace(".weight", ".default.weight"), tensors.get(name));
            return more;
        });
        assertRefused(this::load, "adapter_model.safetensors holds both ", ".default.weight");
    }

    @Test
    void anAdapterWithoutTensorsIsCalledThat() {
        rewrite(tensors -> Map.of());
        assertRefused(this::load, folder + "/adapter_model.safetensors holds no tensors", "Save or train it again");
        assertRefused(() -> AdapterDescription.read(folder), "holds no tensors");
    }

    private Map<String, float[]> values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (LoraAdapter adapter = load();
                TensorScope scope = torch.scope()) {
            adapter.saved(scope).forEach((name, tensor) -> values.put(name, tensor.toFloats()));
        }
        return values;
    }

    @Test
    void aMissingMatrixIsNamed() {
        String gone = "base_model.model.model.layers.1.mlp.up_proj.lora_B.weight";
        rewrite(tensors -> without(tensors, gone));
        assertRefused(this::load, "has no tensor " + gone);
    }

    @Test
    void aMatrixThatNoTargetNamesIsNamed() {
        edit(config -> config.putArray("target_modules").add("q_proj"));
        assertRefused(this::load, "tensor base_model.model.model.layers.0.", "target_modules");
    }

    @Test
    void matricesInHalfPrecisionAreReadAsTheirValues() {
        try (LoraAdapter original = load()) {
            rewrite(tensors -> {
                Map<String, Tensor> halves = new LinkedHashMap<>();
                tensors.forEach(
                        (name, tensor) -> halves.put(name, torch.cast(torch.root(), tensor, ElementType.BFLOAT16)));
                return halves;
            });
            try (LoraAdapter halved = load()) {
                halved.tensors().forEach((name, tensor) -> {
                    assertThat(torch.type(tensor)).isEqualTo(ElementType.FLOAT32);
                    assertThat(original.tensors()).containsKey(name);
                });
                float exact = original.linears().get(0).a().master().toFloats()[0];
                float half = halved.linears().get(0).a().master().toFloats()[0];
                assertThat(half).isNotEqualTo(exact).isBetween(exact - 0.01f, exact + 0.01f);
            }
        }
    }

    @Test
    void aFailedLoadLeavesNothingBehind() {
        int before = torch.root().aliveCount();
        rewrite(tensors -> without(tensors, "base_model.model.model.layers.1.mlp.up_proj.lora_B.weight"));
        assertRefused(this::load, "has no tensor");
        edit(config -> config.putArray("target_modules").add("q_proj"));
        assertRefused(this::load, "target_modules");
        assertThat(torch.root().aliveCount()).isEqualTo(before);
    }

    private static Map<String, Tensor> without(Map<String, Tensor> tensors, String name) {
        Map<String, Tensor> fewer = new LinkedHashMap<>(tensors);
        assertThat(fewer.remove(name)).isNotNull();
        return fewer;
    }

    private void rewrite(UnaryOperator<Map<String, Tensor>> change) {
        Path file = folder.resolve("adapter_model.safetensors");
        try (TensorScope scope = torch.scope();
                SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : reader.names()) {
                tensors.put(name, reader.read(scope, reader.info(name), ElementType.FLOAT32));
            }
            new SafetensorsWriter(torch).write(file, change.apply(tensors));
        }
    }
}
