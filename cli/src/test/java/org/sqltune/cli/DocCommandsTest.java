package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.config.RunConfigLoader;

/** The commands that the README and docs/ tell a reader to type are understood, and every command has an example. */
class DocCommandsTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern CONFIG = Pattern.compile("configs/\\S+\\.yaml");
    private static final Pattern OVERRIDE = Pattern.compile("[a-z_]+(\\.[a-z_]+)+=.+");
    private static final Pattern SUBCOMMAND = Pattern.compile("(?m)^  ([a-z]+)  +\\S");
    private static final String PROGRAM = "sqltune";

    @TempDir
    private Path folder;

    /** A line of a console block. */
    record Command(DocPage page, String line) {
        /** As a shell splits them: single quotes hold words together. */
        List<String> words() {
            return WORD.matcher(line)
                    .results()
                    .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                    .toList();
        }

        List<Path> configurations() {
            return CONFIG.matcher(line)
                    .results()
                    .map(MatchResult::group)
                    .map(DocPage.ROOT::resolve)
                    .toList();
        }
    }

    static List<Command> commands() {
        return DocPage.blocks("console").stream()
                .flatMap(block -> block.text().lines().map(line -> new Command(block.page(), line)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsUnderstood(Command command) {
        List<String> words = command.words();
        assertThat(words.get(0)).isEqualTo(PROGRAM);
        String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
        assertThatNoException().isThrownBy(() -> new TestCli(folder).check(arguments));
        assertThat(command.configurations()).allSatisfy(file -> assertThat(file).exists());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOverrideIsAKeyOfTheConfiguration(Command command) {
        List<String> overrides = command.words().stream()
                .filter(word -> OVERRIDE.matcher(word).matches())
                .toList();
        Path config = command.configurations().stream().findFirst().orElse(null);
        assertThatNoException().isThrownBy(() -> new RunConfigLoader(path -> true).load(config, overrides));
    }

    @Test
    void noCommandHidesInABlockThatIsNotTested() {
        List<String> hidden = DocPage.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> !block.language().equals("console"))
                .flatMap(block -> block.text().lines())
                .filter(line -> line.startsWith(PROGRAM + " "))
                .filter(line -> !line.matches(PROGRAM + " \\d.*"))
                .toList();
        assertThat(hidden).isEmpty();
    }

    @Test
    void everyCommandHasAnExample() {
        DocPage page = new DocPage(DocPage.ROOT.resolve("docs").resolve("cli.md"));
        List<String> examples = commands().stream()
                .filter(command -> command.page().equals(page))
                .map(command -> command.line() + " ")
                .toList();
        List<String> names = leaves(List.of()).toList();
        assertThat(names).contains("train", "data prepare", "adapter merge");
        assertThat(names)
                .allSatisfy(name -> assertThat(examples)
                        .as("examples of " + name + " in " + page)
                        .anyMatch(example -> example.startsWith(PROGRAM + " " + name + " ")));
    }

    /** The commands below one that have none below them, by the help that lists them. */
    private Stream<String> leaves(List<String> above) {
        TestCli cli = new TestCli(folder);
        String[] help = Stream.concat(above.stream(), Stream.of("--help")).toArray(String[]::new);
        assertThat(cli.run(help)).as(cli::err).isZero();
        int list = cli.out().indexOf("\nCommands:");
        if (list < 0) {
            return Stream.of(String.join(" ", above));
        }
        String listed = cli.out().substring(list).split("\n\\R?Exit codes:", 2)[0];
        return SUBCOMMAND
                .matcher(listed)
                .results()
                .map(name ->
                        Stream.concat(above.stream(), Stream.of(name.group(1))).toList())
                .flatMap(this::leaves);
    }
}
