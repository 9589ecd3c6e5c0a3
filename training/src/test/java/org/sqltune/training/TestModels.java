package org.sqltune.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Tiny models and short settings for tests. */
public final class TestModels {
    private static final String TOKENIZER = """
            {"version": "1.0", "added_tokens": [], "model": {"type": "WordLevel", "unk_token": "<pad>",
             "vocab": {"<pad>": 0, "<s>": 1, "</s>": 2}}}
            """;
    private static final String TOKENIZER_CONFIG =
            "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\", \"pad_token\": \"<pad>\"}";

    private TestModels() {}

    /** A fixture's model in fp32, in a folder of its own, with a tokenizer of three tokens if it has none. */
    public static LanguageModel withTokenizer(Torch torch, Path fixture, Path folder) {
        Path copy = folder.resolve("model");
        try (Stream<Path> files = Files.list(fixture)) {
            Files.createDirectories(copy);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
            if (!Files.exists(copy.resolve("tokenizer.json"))) {
                Files.writeString(copy.resolve("tokenizer.json"), TOKENIZER);
                Files.writeString(copy.resolve("tokenizer_config.json"), TOKENIZER_CONFIG);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return LanguageModel.load(torch, copy, ElementType.FLOAT32);
    }

    /** The defaults with some settings changed, {@code training.x=y} each. */
    public static TrainingSettings settings(String... overrides) {
        return new RunConfigLoader(path -> true)
                .load("test", "", List.of(overrides))
                .training();
    }
}
