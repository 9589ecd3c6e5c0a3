package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.config.RunConfigLoader;

/** What the README tells a reader to type is understood, and what it points to is there. */
class ReadmeTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern CONFIG = Pattern.compile("configs/\\S+\\.yaml");

    @TempDir
    private Path folder;

    static List<String> commands() {
        return Readme.blocks("console").stream().flatMap(String::lines).toList();
    }

    static List<String> configurations() {
        return Readme.blocks("yaml");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsUnderstood(String command) {
        List<String> words = words(command);
        assertThat(words.get(0)).isEqualTo("sqltune");
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        arguments.add("--help");
        TestCli cli = new TestCli(folder);
        assertThat(cli.run(arguments.toArray(String[]::new))).as(cli::err).isZero();
        CONFIG.matcher(command).results().map(MatchResult::group).forEach(ReadmeTest::assertIsThere);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOverrideIsAKeyOfTheConfiguration(String command) {
        List<String> overrides = words(command).stream()
                .filter(word -> word.matches("\\w+\\.\\w+=.+"))
                .toList();
        Path config = CONFIG.matcher(command)
                .results()
                .map(found -> Readme.ROOT.resolve(found.group()))
                .findFirst()
                .orElse(null);
        assertThatNoException().isThrownBy(() -> new RunConfigLoader(path -> true).load(config, overrides));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyConfigurationIsValid(String yaml) {
        assertThatNoException().isThrownBy(() -> new RunConfigLoader(path -> true).load("README", yaml, List.of()));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(Readme.links()).isNotEmpty();
        for (MatchResult link : Readme.links()) {
            String target = link.group(1);
            if (target.isEmpty()) {
                assertThat(Readme.anchors()).contains(link.group(2));
            } else if (!target.startsWith("http")) {
                assertIsThere(target);
            }
        }
    }

    @Test
    void theMapNamesEveryModule() {
        Stream.of("core", "data", "model", "training", "evaluation", "inference", "cli")
                .forEach(module -> assertThat(Readme.text()).containsPattern("(?m)^" + module + "/ +\\S"));
    }

    private static void assertIsThere(String path) {
        assertThat(Readme.ROOT.resolve(path)).exists();
    }

    /** As a shell splits them: single quotes hold words together. */
    private static List<String> words(String command) {
        Matcher matcher = WORD.matcher(command);
        return matcher.results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }
}
