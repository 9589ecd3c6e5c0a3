package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.synthesis.demo.DemoDatabases;
import org.sqltune.workflow.evaluate.PredictionsRequest.Benchmark;
import org.sqltune.workflow.evaluate.PredictionsRequest.Options;

/** Help lists what a command reads, with the defaults that hold. */
class HelpTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "infer, --cpu-mode", "infer, --fast-mac", "eval, --cpu-mode", "eval, --fast-mac",
        "estimate, --resume", "estimate, --output-dir", "estimate, --mode=", "estimate, --no-memory-check",
    })
    void whatChangesNothingIsNotListed(String command, String option) {
        assertThat(help(command)).doesNotContain(option);
    }

    @Test
    void whatIsNotListedIsStillTakenWithALineThatSaysSo() {
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(cli.run("infer", "--cpu-mode", "--question", "Q", "--db", "ecomerce"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("did you mean ecommerce?");
    }

    @Test
    void theDefaultsOfAFileOfPredictionsAreTheOfficialOnes() {
        String help = help("eval").replaceAll("\\s+", " ");
        Benchmark standard = Benchmark.SPIDER;
        assertThat(help).contains("Whose scores: " + standard.key() + " (default)");
        assertThat(help).contains("(default: " + Options.OFFICIAL.vesRuns() + ", no R-VES)");
        assertThat(help)
                .contains("(default: " + seconds(Benchmark.SPIDER) + "; of bird " + seconds(Benchmark.BIRD) + ")");
    }

    @Test
    void otherDefaultsHold() {
        assertThat(help("download")).contains("(default: " + ModelSettings.MAIN_REVISION + ")");
        assertThat(help("adapter", "merge")).contains("(default: 5GB)");
        assertThat(help("infer").replaceAll("\\s+", " ")).contains(String.join(", ", DemoDatabases.IDS));
    }

    private static long seconds(Benchmark benchmark) {
        return Math.round(Options.OFFICIAL.timeoutSeconds(benchmark));
    }

    private String help(String... command) {
        TestCli cli = new TestCli(folder.resolve("cache"));
        String[] arguments = Arrays.copyOf(command, command.length + 1);
        arguments[command.length] = "--help";
        assertThat(cli.run(arguments)).as(cli::err).isZero();
        return cli.out();
    }
}
