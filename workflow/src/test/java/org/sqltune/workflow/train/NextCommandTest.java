package org.sqltune.workflow.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;

class NextCommandTest {
    @Test
    void itCallsTheJarAsItWasCalled() {
        assertThat(NextCommand.of("cli/target/cli.jar").program()).isEqualTo("java -jar cli/target/cli.jar");
        assertThat(NextCommand.of("my tools/cli.jar").program()).isEqualTo("java -jar \"my tools/cli.jar\"");
    }

    @Test
    void outsideTheJarItHasAName() {
        assertThat(NextCommand.of("classes").program()).isEqualTo("sqltune");
        assertThat(NextCommand.of("classes" + File.pathSeparator + "cli.jar").program())
                .isEqualTo("sqltune");
    }

    @Test
    void itAsksADemoDatabaseAfterTheDemoAndTheUsersOwnOtherwise() {
        Path model = Path.of("out", "final_model");
        NextCommand next = new NextCommand("sqltune");
        assertThat(next.after(config(), model))
                .isEqualTo("sqltune infer --adapter-path " + model + " --db ecommerce --interactive");
        assertThat(next.after(config("data.train_file=rows.jsonl", "training.method=full"), model))
                .isEqualTo("sqltune infer --base-model " + model + " --interactive --db FILE.sqlite");
    }

    @Test
    void aRunGoesOnWithTheSameArguments() {
        NextCommand next = new NextCommand("sqltune");
        assertThat(next.resuming(List.of("train", "--config", "my run.yaml", "training.seed=1")))
                .isEqualTo("sqltune train --config 'my run.yaml' training.seed=1 --resume");
        assertThat(next.resuming(List.of("train", "--resume", "it's"))).isEqualTo("sqltune train --resume 'it'\\''s'");
    }

    @Test
    void aPasswordIsNotRepeated() {
        assertThat(new NextCommand("sqltune")
                        .resuming(List.of("train", "data.database=jdbc:postgresql://h/d?user=me&password=secret")))
                .isEqualTo("sqltune train 'data.database=jdbc:postgresql://h/d?user=me' --resume");
    }

    private static RunConfig config(String... overrides) {
        return new RunConfigLoader(path -> true).load(null, List.of(overrides));
    }
}
