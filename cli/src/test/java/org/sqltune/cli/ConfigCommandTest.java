package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfigLoader;

/** Another project's configuration on the command line. */
class ConfigCommandTest {
    @TempDir
    private Path folder;

    private int run(TestCli cli, String... arguments) {
        return cli.run(arguments);
    }

    @Test
    void itIsPrintedOrWrittenAndWhatBecameOfItIsSaid() throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.yaml"),
                "finetuning:\n  num_epochs: 5\n  magic: 1\nbenchmark:\n  test_split: dev\n");
        TestCli printed = new TestCli(folder.resolve("cache"));
        assertThat(run(printed, "config", "import", file.toString()))
                .as(printed.err())
                .isZero();
        assertThat(printed.out())
                .startsWith("# From config.yaml, by sqltune config import.\n# Left out: finetuning.magic: ")
                .endsWith("\n\ntraining:\n  num_train_epochs: 5\n");

        Path output = folder.resolve("sqltune.yaml");
        TestCli written = new TestCli(folder.resolve("cache"));
        assertThat(run(written, "config", "import", file.toString(), "--output", output.toString()))
                .isZero();
        assertThat(output).hasContent(printed.out());
        assertThat(written.out())
                .contains("finetuning.num_epochs", "training.num_train_epochs", "finetuning.magic", "test_split");
        assertThat(new RunConfigLoader()
                        .load(output, List.of())
                        .training()
                        .length()
                        .numTrainEpochs())
                .isEqualTo(5);

        TestCli itself = new TestCli(folder.resolve("cache"));
        assertThat(run(itself, "config", "import", file.toString(), "--output", file.toString()))
                .isEqualTo(2);
        assertThat(itself.err()).contains("is the file that is read: name another");
        TestCli neither = new TestCli(folder.resolve("cache"));
        Path other = Files.writeString(folder.resolve("other.yaml"), "a: 1\n");
        assertThat(run(neither, "config", "import", other.toString())).isEqualTo(2);
        assertThat(neither.out()).isEmpty();
    }
}
