package org.sqltune.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.PromptTokens;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.deployment.export.AdapterExport;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Adapters that llama.cpp puts beside their base: it chooses the tokens that SqlTune chooses with them. */
class LlamaCppAdapterTest {
    private static final long[] PROMPT = {5, 9, 33, 12, 40, 7};
    private static final int NEW_TOKENS = 10;

    @TempDir
    private Path folder;

    /** Permuted, plain, fused and interleaved rows; scales by rank and by its root, other ones for some linear layers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gqa_tied|",
                "gqa_tied|'\"use_rslora\": true'",
                "gqa_tied|'\"alpha_pattern\": {\"q_proj\": 16, \"up_proj\": 2}'",
                "mha_untied|",
                "llama_yarn|",
                "qwen2|",
                "phi3|",
                "gpt_neox|"
            })
    void theSameTokensAreChosen(String fixture, @Nullable String change) throws Exception {
        Path model = copy(fixture);
        Path adapter = copyAdapter(fixture, change);
        Path base = folder.resolve("base.gguf");
        Path lora = folder.resolve("lora.gguf");
        GgufExport.write(model, base, GgufFileType.F32, false, ProgressListener.NONE);
        AdapterExport.write(adapter, model, lora, ProgressListener.NONE);

        String expected;
        String without;
        try (Torch torch = Torch.cpu();
                LanguageModel loaded = LanguageModel.load(torch, model, ElementType.FLOAT32)) {
            without = generate(loaded);
            loaded.loadAdapter(adapter);
            expected = generate(loaded);
        }
        assertThat(expected).isNotEqualTo(without);
        assertThat(elsewhere(new ModelParameters().setModel(base.toString()))).isEqualTo(without);
        assertThat(elsewhere(new ModelParameters().setModel(base.toString()).addLoraAdapter(lora.toString())))
                .isEqualTo(expected);
    }

    @Test
    void whatLlamaCppCantPutBesideABaseIsRefused() throws Exception {
        Path model = copy("gqa_tied");
        Path dora = copyAdapter("gqa_tied", "\"use_dora\": true");
        Path lora = folder.resolve("lora.gguf");

        assertThatThrownBy(() -> AdapterExport.write(dora, model, lora, ProgressListener.NONE))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("is a DoRA adapter")
                .hasMessageContaining("export gguf --adapter-path");
        assertThat(lora).doesNotExist();
    }

    private static String generate(LanguageModel model) {
        try (TextGenerator generator = model.newGenerator()) {
            return model.tokenizer().decode(generator.generate(PROMPT, GenerationSettings.greedy(NEW_TOKENS)));
        }
    }

    private static String elsewhere(ModelParameters parameters) {
        StringBuilder text = new StringBuilder();
        try (LlamaModel model = new LlamaModel(parameters.setCtxSize(64).setParallel(1))) {
            InferenceParameters asked = new InferenceParameters("")
                    .setCachePrompt(false)
                    .setNPredict(NEW_TOKENS)
                    .setTemperature(0);
            for (LlamaOutput piece : model.generate(PromptTokens.put(asked, PROMPT))) {
                text.append(piece.text);
            }
        }
        return text.toString();
    }

    private Path copy(String fixture) throws Exception {
        Path target = Files.createDirectories(folder.resolve("model"));
        Files.copy(resource(fixture + "/model.safetensors"), target.resolve("model.safetensors"));
        String config = Files.readString(resource(fixture + "/config.json"))
                .replace("\"use_sliding_window\": true", "\"use_sliding_window\": false")
                .replace("sliding_attention", "full_attention")
                .replaceFirst("\"sliding_window\": \\d+", "\"sliding_window\": null");
        Files.writeString(target.resolve("config.json"), config);
        RandomModel.writeTokenizer(target, DecoderConfigReader.read(target).vocabSize());
        return target;
    }

    private Path copyAdapter(String fixture, @Nullable String change) throws Exception {
        Path target = Files.createDirectories(folder.resolve("adapter"));
        for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(resource(fixture + "/adapter/" + name), target.resolve(name));
        }
        if (change != null) {
            Path config = target.resolve("adapter_config.json");
            String key = change.substring(0, change.indexOf(':'));
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replaceFirst(key + ": (\\{[^}]*\\}|[^,}\\s]+),?", "")
                            .replaceFirst("\\{", "{" + change.replace("$", "\\$") + ","));
        }
        return target;
    }

    private static Path resource(String name) throws Exception {
        URI uri = Objects.requireNonNull(LlamaCppAdapterTest.class.getResource("/parity/" + name))
                .toURI();
        return Path.of(uri);
    }
}
