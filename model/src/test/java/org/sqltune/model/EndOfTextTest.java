package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Chat models have several tokens that end a text: each of them stops generation. */
class EndOfTextTest {
    private static final int EOS = 2;
    private static final GenerationSettings SETTINGS = GenerationSettings.greedy(12);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "generation_config.json"})
    void eachEndTokenOfEitherFileStopsGeneration(String file) {
        TestFolders.copyFixture("tiny_llama_with_tokenizer", folder);
        long[] whole = generate();
        assertThat(whole).hasSizeGreaterThan(4);
        int third = (int) whole[3];
        TestFolders.editJson(
                folder.resolve(file),
                config -> config.putArray("eos_token_id").add(EOS).add(third));
        int first = (int) Arrays.stream(whole).takeWhile(id -> id != third).count();
        assertThat(generate()).isEqualTo(Arrays.copyOf(whole, first));
    }

    @Test
    void aSingleEndTokenOfTheGenerationConfigIsOneMore() {
        TestFolders.copyFixture("tiny_llama_with_tokenizer", folder);
        long[] whole = generate();
        TestFolders.editJson(
                folder.resolve("generation_config.json"), config -> config.put("eos_token_id", (int) whole[0]));
        assertThat(generate()).isEmpty();
    }

    private long[] generate() {
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.load(torch, folder, ElementType.FLOAT32);
                TextGenerator generator = model.newGenerator()) {
            return generator.generate(model.tokenizer().encodePrompt("Question: how many"), SETTINGS);
        }
    }
}
