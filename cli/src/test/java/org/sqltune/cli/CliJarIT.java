package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliJarIT {
    @TempDir
    private Path folder;

    @Test
    void itStartsAnywhereAndTellsItsVersion() {
        RunningJar.Ending ending = new RunningJar(folder).run("--version");
        assertThat(ending.code()).isZero();
        assertThat(ending.out().lines()).hasSize(3).first().asString().startsWith("SqlTune ");
        assertThat(ending.err()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void itEndsWithTwoOnWrongArguments() {
        RunningJar.Ending ending = new RunningJar(folder).run("no-such-command");
        assertThat(ending.code()).isEqualTo(2);
        assertThat(ending.out()).isEmpty();
        assertThat(ending.err()).startsWith("sqltune: ");
    }

    @Test
    void itHoldsEverythingOnceAndNothingThatStopsItFromStarting() throws IOException {
        try (JarFile jar = new JarFile(RunningJar.jar().toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names).doesNotHaveDuplicates();
            assertThat(names)
                    .contains(
                            "LICENSE",
                            "THIRD-PARTY.txt",
                            "META-INF/NOTICE",
                            "META-INF/services/ai.djl.engine.EngineProvider",
                            "META-INF/services/java.sql.Driver")
                    .anyMatch(name -> name.startsWith("pytorch/cpu/"))
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("org.sqltune.cli.Main");
        }
    }

    @Test
    void itTrainsAndEvaluatesWithItsNativesAndPrintsOnlyResults() {
        RunningJar jar = new RunningJar(folder);
        String model = TestCli.tinyModel().toAbsolutePath().toString();
        String data = Path.of(model, "data.jsonl").toString();
        RunningJar.Ending training = jar.run(
                "train",
                "--base-model",
                model,
                "data.train_file=" + data,
                "training.max_steps=2",
                "training.output_dir=out",
                "model.dtype=fp32");
        assertThat(training.err()).doesNotContain("sqltune:");
        assertThat(training.code()).isZero();
        assertThat(training.out())
                .contains("Model: " + Path.of("out", "final_model"))
                .contains("Next: java -jar " + RunningJar.jar() + " infer");
        assertThat(folder.resolve("out/final_model/adapter_model.safetensors")).exists();

        RunningJar.Ending evaluation =
                jar.run("eval", "--metrics=loss", "--adapter-path=out/final_model", "--data=" + data, "--dtype=fp32");
        assertThat(evaluation.code()).isZero();
        assertThat(evaluation.out()).matches("\\{\"loss\":[0-9.]+,\"token_accuracy\":[0-9.]+,\"target_tokens\":230}\n");
    }
}
