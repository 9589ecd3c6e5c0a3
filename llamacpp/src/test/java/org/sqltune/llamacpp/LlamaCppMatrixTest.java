package org.sqltune.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Api;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.core.config.settings.EngineSettings.PromptAs;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.inference.runtime.Runtimes;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Random models of every family in every type: llama.cpp loads them, and chooses the tokens that SqlTune chooses. */
class LlamaCppMatrixTest {
    private static final int NEW_TOKENS = 12;
    private static final int PROMPTS = 6;
    private static final String COMMON = "\"vocab_size\": " + RandomModel.VOCABULARY
            + ", \"max_position_embeddings\": 512, \"bos_token_id\": null, \"eos_token_id\": null,"
            + " \"torch_dtype\": \"float32\", \"num_attention_heads\": 4, ";
    private static final String WIDE = COMMON
            + "\"hidden_size\": 256, \"intermediate_size\": 512, \"num_hidden_layers\": 3, \"num_key_value_heads\": 2, ";
    /** Factors for each of the 32 pairs of a head. */
    private static final String FACTORS = IntStream.range(0, 32)
            .mapToObj(i -> String.valueOf(1 + i / 16.0))
            .collect(Collectors.joining(", ", "[", "]"));

    private static final Map<String, String> CONFIGS = Map.of(
            "llama", WIDE + "\"model_type\": \"llama\"",
            "llama tied, biases",
                    WIDE + "\"model_type\": \"llama\", \"attention_bias\": true, \"mlp_bias\": true,"
                            + " \"tie_word_embeddings\": true",
            "llama yarn",
                    WIDE + "\"model_type\": \"llama\", \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4,"
                            + " \"beta_fast\": 4, \"original_max_position_embeddings\": 128}",
            "mistral", WIDE + "\"model_type\": \"mistral\", \"sliding_window\": 256",
            "qwen2", WIDE + "\"model_type\": \"qwen2\", \"tie_word_embeddings\": true",
            "phi3", WIDE + "\"model_type\": \"phi3\", \"partial_rotary_factor\": 0.75, \"sliding_window\": null",
            "phi3 longrope",
                    WIDE + "\"model_type\": \"phi3\", \"sliding_window\": null,"
                            + " \"original_max_position_embeddings\": 512, \"rope_scaling\": {\"rope_type\": \"longrope\","
                            + " \"short_factor\": " + FACTORS + ", \"long_factor\": " + FACTORS
                            + ", \"attention_factor\": 1.2}",
            // llama.cpp knows Gemma 2 by its number of layers.
            "gemma2",
                    COMMON + "\"model_type\": \"gemma2\", \"hidden_size\": 64, \"intermediate_size\": 96,"
                            + " \"num_hidden_layers\": 26, \"num_key_value_heads\": 2, \"head_dim\": 16, \"sliding_window\": 8,"
                            + " \"query_pre_attn_scalar\": 20",
            "gpt_neox",
                    COMMON + "\"model_type\": \"gpt_neox\", \"hidden_size\": 256, \"intermediate_size\": 512,"
                            + " \"num_hidden_layers\": 3, \"hidden_act\": \"gelu_new\"",
            "gpt_neox plain",
                    COMMON + "\"model_type\": \"gpt_neox\", \"hidden_size\": 256, \"intermediate_size\": 512,"
                            + " \"num_hidden_layers\": 3, \"hidden_act\": \"gelu\", \"attention_bias\": false,"
                            + " \"use_parallel_residual\": false, \"tie_word_embeddings\": true, \"rotary_pct\": 0.5");

    /**
     * The least share of tokens that are the same. Random models choose between tokens that are almost equally likely, so that
     * coarse types can't be compared; RowEncoderTest compares their bytes with llama.cpp's own.
     */
    private static final Map<GgufFileType, Double> LEAST_SAME =
            Map.of(GgufFileType.F32, 0.98, GgufFileType.F16, 0.9, GgufFileType.BF16, 0.7, GgufFileType.Q8_0, 0.5);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama tied, biases",
                "llama yarn",
                "mistral",
                "qwen2",
                "phi3",
                "phi3 longrope",
                "gemma2",
                "gpt_neox",
                "gpt_neox plain"
            })
    void aFamilyChoosesTheSameTokens(String family) throws Exception {
        choosesTheSameTokens(family, List.of(GgufFileType.F32, GgufFileType.Q8_0, GgufFileType.Q4_K_M));
    }

    @Test
    void everyTypeIsLoaded() throws Exception {
        choosesTheSameTokens("llama", List.of(GgufFileType.values()));
    }

    private void choosesTheSameTokens(String family, List<GgufFileType> types) throws Exception {
        Path model = RandomModel.write(folder.resolve("random"), "{" + CONFIGS.get(family) + "}", 3);
        List<long[]> prompts = prompts();
        List<String> expected = natively(model, prompts);
        assertThat(expected).doesNotHaveDuplicates();
        for (GgufFileType type : types) {
            Path file = folder.resolve(type + ".gguf");
            GgufExport.write(model, file, type, false, ProgressListener.NONE);
            List<String> texts = elsewhere(file, prompts);
            assertThat(texts).as("%s", type).allSatisfy(text -> assertThat(text).hasSize(4 * NEW_TOKENS));
            assertThat(share(expected, texts))
                    .as("%s", type)
                    .isGreaterThanOrEqualTo(LEAST_SAME.getOrDefault(type, 0.0));
        }
    }

    /** The llama.cpp of this library is older than Qwen 3: the file is whole, and the library says that it can't. */
    @Test
    void aFamilyThatThisLlamaCppLacksIsRefusedInALine() throws Exception {
        Path model = RandomModel.write(
                folder.resolve("random"), "{" + WIDE + "\"model_type\": \"qwen3\", \"head_dim\": 32}", 3);
        Path file = folder.resolve("qwen3.gguf");
        GgufExport.write(model, file, GgufFileType.Q4_K_M, false, ProgressListener.NONE);

        assertThatThrownBy(() -> open(file, new PromptForm.Text()))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("llama.cpp can't load " + file);
    }

    private static List<long[]> prompts() {
        Random random = new Random(9);
        List<long[]> prompts = new ArrayList<>();
        for (int i = 0; i < PROMPTS; i++) {
            prompts.add(random.longs(5 + 7L * i, 3, RandomModel.VOCABULARY).toArray());
        }
        return prompts;
    }

    private static List<String> natively(Path model, List<long[]> prompts) {
        try (Torch torch = Torch.cpu();
                LanguageModel loaded = LanguageModel.load(torch, model, ElementType.FLOAT32);
                TextGenerator generator = loaded.newGenerator()) {
            return prompts.stream()
                    .map(prompt -> loaded.tokenizer()
                            .decode(generator.generate(prompt, GenerationSettings.greedy(NEW_TOKENS))))
                    .toList();
        }
    }

    private static List<String> elsewhere(Path file, List<long[]> prompts) {
        List<String> texts = new ArrayList<>();
        int[] turn = {0};
        try (TextCompleter completer = open(file, new PromptForm.Ids(request -> prompts.get(turn[0])))) {
            for (; turn[0] < prompts.size(); turn[0]++) {
                texts.add(completer
                        .submit(TextRequest.of("", GenerationSettings.greedy(NEW_TOKENS)), TextListener.NONE)
                        .await()
                        .text());
            }
        }
        return texts;
    }

    /** The share of tokens before the first that differs. */
    private static double share(List<String> expected, List<String> texts) {
        int same = 0;
        int all = 0;
        for (int i = 0; i < expected.size(); i++) {
            String text = texts.get(i);
            int j = 0;
            while (j < expected.get(i).length()
                    && j < text.length()
                    && expected.get(i).charAt(j) == text.charAt(j)) {
                j++;
            }
            same += j / 4;
            all += expected.get(i).length() / 4;
        }
        return all == 0 ? 0 : (double) same / all;
    }

    private static TextCompleter open(Path file, PromptForm form) {
        EngineSettings settings = new EngineSettings(
                Engine.LLAMA_CPP, file.toString(), null, Api.COMPLETIONS, PromptAs.TEXT, "NO_KEY", 60);
        return new Runtimes(Map.of()).open(settings, form, EngineLimits.of(1, 1));
    }
}
