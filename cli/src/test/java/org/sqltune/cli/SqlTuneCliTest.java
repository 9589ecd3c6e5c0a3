package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTuneCliTest {
    private final RecordedConsole recorded = new RecordedConsole(false);

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void theVersionNamesProgramPlatformAndEngine(String argument) {
        assertThat(run(argument)).isZero();
        assertThat(recorded.out().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).matches("SqlTune \\d+\\.\\d+\\.\\d+.*"),
                        line -> assertThat(line)
                                .startsWith("Platform: " + System.getProperty("os.name"))
                                .contains("Java " + System.getProperty("java.version")),
                        line -> assertThat(line)
                                .matches("Engine: DJL [\\d.]+, PyTorch [\\d.]+ \\(pytorch-native-.+\\)"));
        assertThat(recorded.err()).isEmpty();
    }

    @Test
    void helpGoesToStandardOutputWithoutColours() {
        assertThat(run("--help")).isZero();
        assertThat(recorded.out()).contains("Usage: sqltune").doesNotContain("\u001b");
        assertThat(recorded.err()).isEmpty();
    }

    @Test
    void noCommandIsAMisuseThatListsTheCommands() {
        assertThat(run()).isEqualTo(2);
        assertThat(recorded.err()).startsWith("sqltune: which command? ").contains("version");
        assertThat(recorded.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"versoin", "--bogus"})
    void anUnknownArgumentIsAMisuse(String argument) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(recorded.err()).contains("'" + argument + "'").contains("Try 'sqltune --help'.");
    }

    private int run(String... arguments) {
        return new SqlTuneCli(recorded.console()).run(arguments);
    }
}
