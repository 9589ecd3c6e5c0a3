package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every package says in a sentence what it is for, and that nothing in it is null unless it says so. */
class PackageInfoTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMENT = Pattern.compile("(?s)\\A/\\*\\*(.*?)\\*/\\s*(?:@NullMarked\\s+)?package ");

    /** Of every module; DJL's own package, which has one bridge class, is DJL's to describe. */
    static List<Path> packages() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve(Path.of("src", "main", "java", "org")))
                    .filter(Files::isDirectory)
                    .flatMap(PackageInfoTest::foldersWithClasses)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(packages())
                .map(Path::toString)
                .contains(ROOT.resolve(Path.of("core", "src", "main", "java", "org", "sqltune", "core"))
                        .toString())
                .contains(ROOT.resolve(Path.of("cli", "src", "main", "java", "org", "sqltune", "cli"))
                        .toString());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageSaysWhatItIsFor(Path folder) throws IOException {
        Path file = folder.resolve("package-info.java");
        assertThat(file).exists().content().contains("@NullMarked");
        Matcher comment = COMMENT.matcher(Files.readString(file));
        assertThat(comment.find()).as("a Javadoc comment in " + file).isTrue();
        String text = comment.group(1).replaceAll("(?m)^\\s*\\*", "").strip();
        assertThat(text).as(file.toString()).matches("(?s)\\S.{30,}[.]");
    }

    private static Stream<Path> foldersWithClasses(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
