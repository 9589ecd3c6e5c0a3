package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    void itNamesEachNativeLibraryAndHoldsLicencesAndABillOfMaterials() throws IOException {
        Pattern library =
                Pattern.compile(".*/(?:lib)?([^/]+?)(?:-[0-9a-f]{8})?\\.(?:so(?:\\.\\d+)?|dll|dylib|jnilib|a)");
        try (JarFile jar = new JarFile(RunningJar.jar().toFile())) {
            String thirdParty = text(jar, "THIRD-PARTY.txt");
            List<String> natives = jar.stream()
                    .map(ZipEntry::getName)
                    // Which files PyTorch has differs between systems.
                    .filter(name -> !name.startsWith("pytorch/") || name.contains(".so"))
                    .map(library::matcher)
                    .filter(Matcher::matches)
                    .map(found -> found.group(1))
                    .distinct()
                    .toList();
            assertThat(natives)
                    .contains("tokenizers", "sqlitejdbc")
                    .allSatisfy(name -> assertThat(thirdParty).contains(name));
            assertThat(text(jar, "META-INF/sbom/application.cdx.json")).contains("CycloneDX", "pkg:maven/ai.djl/api@");
            for (String licence : List.of("Apache-2.0", "MIT", "BSD-3-Clause", "EPL-2.0", "PyTorch")) {
                assertThat(text(jar, "META-INF/licenses/" + licence + ".txt")).hasSizeGreaterThan(1000);
            }
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
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
