package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTuneCliTest {
    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void theVersionNamesProgramPlatformAndEngine(String argument) {
        assertThat(run(argument)).isZero();
        assertThat(cli.out().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).matches("SqlTune \\d+\\.\\d+\\.\\d+.*"),
                        line -> assertThat(line)
                                .startsWith("Platform: " + System.getProperty("os.name"))
                                .contains("Java " + System.getProperty("java.version")),
                        line -> assertThat(line)
                                .matches("Engine: DJL [\\d.]+, PyTorch [\\d.]+ \\(pytorch-native-.+\\)"));
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void helpGoesToStandardOutputWithoutColours() {
        assertThat(run("--help")).isZero();
        assertThat(cli.out()).contains("Usage: sqltune").doesNotContain("\u001b");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void noCommandIsAMisuseThatListsTheCommands() {
        assertThat(run()).isEqualTo(2);
        assertThat(cli.err()).startsWith("sqltune: which command? ").contains("version");
        assertThat(cli.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"versoin", "--bogus"})
    void anUnknownArgumentIsAMisuse(String argument) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(cli.err()).contains("'" + argument + "'").contains("Try 'sqltune --help'.");
    }

    @Test
    void aMistypedKeyIsAMisuseThatNamesTheNearest() {
        assertThat(run("train", "training.learning_rte=1")).isEqualTo(2);
        assertThat(cli.err())
                .isEqualTo("sqltune: demo.yaml (in the jar): command line: unknown key training.learning_rte: did you"
                        + " mean training.learning_rate?\n");
    }

    @Test
    void aFailureIsOneLineAndItsStackTraceIsForTheVerbose() throws IOException {
        Path data = Files.writeString(folder.resolve("data.jsonl"), "not json\n");
        String[] arguments = {"eval", "--model", TestCli.tinyModel().toString(), "--data", data.toString()};
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(cli.err().lines())
                .filteredOn(line -> !line.endsWith(" …"))
                .singleElement()
                .asString()
                .startsWith("sqltune: " + data + " line 1");

        makeCli();
        assertThat(run(Stream.concat(Stream.of(arguments), Stream.of("--verbose"))
                        .toArray(String[]::new)))
                .isEqualTo(1);
        assertThat(cli.err()).contains("\tat org.sqltune.");
    }

    @Test
    void anOptionMayBeWrittenWithUnderscores() {
        assertThat(run("train", "--max_train_samples", "none")).isEqualTo(2);
        assertThat(cli.err()).contains("data.max_train_samples is 'none'");
    }

    @Test
    void onlyAModeThatExistsIsTaken() {
        assertThat(run("--mode", "ship")).isEqualTo(2);
        assertThat(cli.err()).contains("--mode").contains("ship");
    }

    private int run(String... arguments) {
        return cli.run(arguments);
    }
}
