package org.sqltune.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.TrainingSettings;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Tiny models and short settings for tests. */
final class TestModels {
    private TestModels() {}

    /** A fixture's model in fp32, with the fixtures' tokenizer put beside its weights in a folder of its own. */
    static LanguageModel withTokenizer(Torch torch, Path fixture, Path folder) {
        Path copy = folder.resolve("model");
        try (Stream<Path> files = Files.list(fixture)) {
            Files.createDirectories(copy);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
            Path tokenizer = Path.of(Objects.requireNonNull(TestModels.class.getResource("/parity/tiny_tokenizer"))
                    .toURI());
            for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
                if (!Files.exists(copy.resolve(name))) {
                    Files.copy(tokenizer.resolve(name), copy.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return LanguageModel.load(torch, copy, ElementType.FLOAT32);
    }

    /** The defaults with some settings changed, {@code training.x=y} each. */
    static TrainingSettings settings(String... overrides) {
        return new RunConfigLoader(path -> true)
                .load("test", "", List.of(overrides))
                .training();
    }
}
