package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.cli.console.ExitCodes;

/** 2 for whatever failed before anything began, 1 for what failed then. */
class ExitCodesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --config FOLDER/missing.yaml",
                "train --adapter-path FOLDER/missing",
                "train --base-model FOLDER/missing",
                "train training.learning_rte=1",
                "train data.train_file=FOLDER/missing.jsonl",
                "train --epochs many",
                "train --mode serve",
                "estimate --base-model FOLDER/missing",
                "estimate data.train_file=FOLDER/missing.jsonl",
                "eval --adapter-path FOLDER/missing",
                "eval --data FOLDER/missing.jsonl",
                "eval --answers FOLDER/missing.jsonl",
                "eval --baseline",
                "eval --fail-under execution_accuracy=NaN",
                "eval --predictions FOLDER/p --gold FOLDER/g --tables FOLDER/t --databases FOLDER/d",
                "eval --predictions FOLDER/p",
                "compare FOLDER/a FOLDER/b",
                "compare FOLDER/a",
                "infer --question Q",
                "infer --interactive",
                "infer --question Q --db FOLDER/missing.sqlite",
                "infer --question Q --db FOLDER",
                "infer --question Q --db jdbc:mysql://host/db",
                "infer --questions FOLDER/missing.jsonl",
                "infer --question Q --schema T --adapter-path FOLDER/missing",
                "infer --question Q --schema T --adapter more=FOLDER/missing",
                "infer --examples --temperature hot",
                "adapter info FOLDER/missing",
                "adapter merge FOLDER/missing --output FOLDER/merged",
                "adapter merge FOLDER --output FOLDER/merged --max-shard-size many",
                "adapter",
                "download",
                "no-such-command",
            })
    void whatFailsBeforeAnythingBeganIsAMisuse(String arguments) {
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(run(cli, arguments)).as(cli::err).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("sqltune: ").doesNotContain("internal error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adapter info FOLDER",
                "adapter merge FOLDER --output FOLDER/merged",
                "compare FOLDER/broken.json FOLDER/broken.json",
                "infer --question Q --db FOLDER/broken.json",
                "eval --base-model MODEL --answers FOLDER/broken.json --max-samples 1",
            })
    void whatFailsInTheWorkIsAFailure(String arguments) throws IOException {
        Files.writeString(folder.resolve("broken.json"), "{oops");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(run(cli, arguments)).as(cli::err).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("sqltune: ").doesNotContain("internal error");
    }

    @Test
    void aMistypedPathSuggestsTheOneThatIsThere() throws IOException {
        Path report = Files.writeString(folder.resolve("report.json"), "{}");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(run(cli, "compare FOLDER/reprot.json FOLDER/report.json")).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("there is no such file or folder; did you mean " + report + "?");
    }

    @Test
    void aMistypedPathInTheConfigurationSuggestsTheOneThatIsThere() throws IOException {
        Path config = Files.writeString(folder.resolve("run.yaml"), "data: {train_file: train.jsonl}");
        Path rows = Files.writeString(folder.resolve("train.jsonl"), "");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(run(cli, "train --config FOLDER/rnu.yaml")).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("doesn't exist: check --config; did you mean " + config + "?");
        for (String key :
                List.of("data.train_file", "data.validation_file", "data.test_file", "training.init_adapter")) {
            assertThat(run(cli, "train " + key + "=FOLDER/trian.jsonl")).isEqualTo(ExitCodes.MISUSE);
            assertThat(cli.err()).contains(key, "there is no such file or folder; did you mean " + rows + "?");
        }
        assertThat(run(cli, "train data.dataset=bird data.path=FOLDER/trian.jsonl"))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("data.path", "there is no such file or folder; did you mean " + rows + "?");
    }

    private int run(TestCli cli, String arguments) {
        return cli.run(Arrays.stream(arguments.split(" "))
                .map(each -> each.replace("FOLDER", folder.toString())
                        .replace("MODEL", TestCli.tinyModel().toString()))
                .toArray(String[]::new));
    }
}
