package org.sqltune.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.cli.TestCli;
import org.sqltune.cli.console.RecordedConsole;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.UserCache;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.data.AuditData;
import org.sqltune.workflow.data.AugmentRows;
import org.sqltune.workflow.data.ComputeStatistics;
import org.sqltune.workflow.data.ConvertToPostgres;
import org.sqltune.workflow.data.DownloadDataset;
import org.sqltune.workflow.data.PrepareData;
import org.sqltune.workflow.data.SplitRows;
import org.sqltune.workflow.data.SynthesizeQuestions;
import org.sqltune.workflow.data.VerifyDataset;
import org.sqltune.workflow.data.WriteCorpus;
import org.sqltune.workflow.data.WriteDemo;
import picocli.CommandLine;

/** The help of the commands of data: its examples are understood, its defaults are those of the use cases. */
class DataHelpTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Path OUT = Path.of("x.jsonl");

    @TempDir
    private static Path folder;

    private static CommandLine data() {
        Workspace workspace = new Workspace(
                new UserCache(folder),
                () -> HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder),
                DownloadDisplay.NONE);
        return DataCommand.with(new RecordedConsole(false).console(), workspace)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    static List<String> examples() {
        return data().getSubcommands().values().stream()
                .flatMap(command ->
                        Arrays.stream(command.getCommandSpec().usageMessage().footer()))
                .map(String::strip)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsUnderstood(String example) {
        List<String> words = WORD.matcher(example)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(words.remove(0)).isEqualTo("sqltune");
        assertThatNoException().isThrownBy(() -> new TestCli(folder).check(words.toArray(String[]::new)));
    }

    @Test
    void everyCommandHasAnExample() {
        for (String name : data().getSubcommands().keySet()) {
            assertThat(examples()).anyMatch(example -> example.startsWith("sqltune data " + name + " "));
        }
    }

    @Test
    void whatNoDataCommandReadsIsNotInItsHelp() {
        data().getSubcommands()
                .forEach((name, command) -> assertThat(command.getUsageMessage())
                        .as(name)
                        .doesNotContain("--device", "--dtype", "--no-quantization", "--cpu-mode", "--fast-mac"));
    }

    /** Only what a command can't do without is given: what it asks for is then what the use case takes by itself. */
    @Test
    void defaultsAreThoseOfTheUseCases() {
        RunConfig demo = RunRequest.of(null, List.of()).load(new RunConfigLoader());
        assertThat(parsed("prepare", DataPrepareCommand.class).request()).isEqualTo(PrepareData.Request.of(demo));
        assertThat(parsed("stats", DataStatsCommand.class).request()).isEqualTo(ComputeStatistics.Request.of(demo));
        assertThat(parsed("audit", DataAuditCommand.class).request())
                .isEqualTo(AuditData.Request.of(new AuditData.OfConfig(demo)));
        assertThat(parsed("augment --output x.jsonl", DataAugmentCommand.class).request())
                .isEqualTo(AugmentRows.Request.of(demo, OUT));
        assertThat(parsed("convert --to postgres", DataConvertCommand.class).request())
                .isEqualTo(ConvertToPostgres.Request.of(demo));
        assertThat(parsed("split --input x.jsonl", DataSplitCommand.class).request())
                .isEqualTo(SplitRows.Request.of(OUT));
        assertThat(parsed("synthesize --db saas --output x.jsonl", DataSynthesizeCommand.class)
                        .request())
                .isEqualTo(SynthesizeQuestions.Request.of("saas", OUT));
        assertThat(parsed("corpus --output x.jsonl", DataCorpusCommand.class).request())
                .isEqualTo(WriteCorpus.Request.to(OUT));
        assertThat(parsed("demo", DataDemoCommand.class).request()).isEqualTo(WriteDemo.Request.defaults());
        assertThat(parsed("verify", DataVerifyCommand.class).request())
                .isEqualTo(VerifyDataset.Request.of(demo.data()));
        assertThat(parsed("download spider", DataDownloadCommand.class).request())
                .isEqualTo(DownloadDataset.Request.of(Dataset.SPIDER));
    }

    @Test
    void helpNamesTheDefaults() {
        assertThat(shown("prepare"))
                .containsEntry("--output-dir", path("data", "processed"))
                .containsEntry("--rows", "prompts");
        assertThat(shown("audit")).containsEntry("--timeout", "30.0").containsEntry("--show", "5");
        assertThat(shown("augment")).containsEntry("--seed", "1").containsEntry("--ways", "all");
        assertThat(shown("convert"))
                .containsEntry("--output-dir", path("data", "postgres"))
                .containsEntry("--timeout", "20.0");
        assertThat(shown("split"))
                .containsEntry("--sizes", "0.8,0.1,0.1")
                .containsEntry("--names", String.join(",", SplitRows.Request.DEFAULT_NAMES))
                .containsEntry("--seed", "42")
                .containsEntry("--output-dir", path("data", "split"));
        assertThat(shown("synthesize"))
                .containsEntry("--count", "1000")
                .containsEntry("--schema-format", "table")
                .containsEntry("--seed", "1");
        assertThat(shown("corpus"))
                .containsEntry("--examples", "100000")
                .containsEntry("--questions-per-schema", "12")
                .containsEntry("--seed", "1");
        assertThat(shown("demo")).containsEntry("--output-dir", "demo");
        assertThat(shown("verify")).containsEntry("--summary", "download_summary.json");
        assertThat(shown("download")).containsEntry("--summary", "download_summary.json");
    }

    private static <T> T parsed(String line, Class<T> command) {
        CommandLine data = data();
        List<CommandLine> parsed = data.parseArgs(line.split(" ")).asCommandLineList();
        return command.cast(parsed.get(parsed.size() - 1).getCommand());
    }

    /** The default that the help of each option of a command names. */
    private static Map<String, String> shown(String command) {
        Pattern shown = Pattern.compile("\\(default: (.*?)\\)\\.");
        return data().getSubcommands().get(command).getCommandSpec().options().stream()
                .map(option -> Map.entry(
                        option.longestName(),
                        shown.matcher(String.join("", option.description())
                                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValueString())))))
                .filter(entry -> entry.getValue().find())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().group(1)));
    }

    private static String path(String first, String second) {
        return Path.of(first, second).toString();
    }
}
