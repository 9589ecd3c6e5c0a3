package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.workflow.ConfigSource;

class ShippedConfigsTest {
    private static final Path CONFIGS = Path.of("..", "configs");

    /** Whoever reads these has neither the data sets nor the models yet. */
    private final RunConfigLoader loader = new RunConfigLoader(path -> true);

    static List<Path> configs() {
        try (Stream<Path> files = Files.walk(CONFIGS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyConfigTheReadersAreToldOfIsThere() {
        assertThat(configs().stream()
                        .map(file -> CONFIGS.relativize(file).toString().replace('\\', '/')))
                .contains(
                        "demo.yaml",
                        "spider/nano_lora.yaml",
                        "spider/tinyllama_lora.yaml",
                        "spider/mistral_7b_qlora.yaml",
                        "wikisql/tinyllama_lora.yaml",
                        "gretel/codellama_7b_qlora.yaml");
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aShippedConfigIsValidAndReadsBackEqual(Path file) {
        RunConfig config = loader.load(file, List.of());
        assertThat(loader.load("written", RunConfigWriter.toYaml(config), List.of()))
                .isEqualTo(config);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aShippedConfigNamesItsCommandInItsHeader(Path file) throws IOException {
        String header = Files.readString(file)
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .reduce("", String::concat);
        String own = "configs/" + CONFIGS.relativize(file).toString().replace('\\', '/');
        assertThat(header).contains("sqltune train --config " + own);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aShippedConfigWritesToAFolderOfItsOwn(Path file) {
        String own = CONFIGS.relativize(file).toString().replace('\\', '/').replace(".yaml", "");
        assertThat(loader.load(file, List.of()).training().outputDir()).isEqualTo(Path.of("outputs/" + own));
    }

    @Test
    void theJarsDefaultIsTheDemoConfig() throws IOException {
        try (InputStream packed =
                Objects.requireNonNull(ConfigSource.class.getResourceAsStream("demo.yaml"), "demo.yaml in the jar")) {
            assertThat(new String(packed.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(CONFIGS.resolve("demo.yaml")));
        }
    }
}
