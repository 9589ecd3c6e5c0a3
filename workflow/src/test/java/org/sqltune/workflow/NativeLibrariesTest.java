package org.sqltune.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jline.nativ.JLineNativeLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    @TempDir
    private Path folder;

    /** Two processes, of which the first is killed: one copy of each library in the cache, nothing among temporary files. */
    @Test
    void librariesAreUnpackedOnceAndNothingStaysBehind() throws IOException, InterruptedException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        for (String end : List.of("die", "exit")) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:-UsePerfData",
                            "-Djava.io.tmpdir=" + temporary,
                            "-Dslf4j.internal.verbosity=ERROR",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            folder.resolve("cache").toString(),
                            end)
                    .redirectErrorStream(true)
                    .start();
            try (InputStream output = process.getInputStream()) {
                assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("used both");
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        try (Stream<Path> left = Files.walk(temporary);
                Stream<Path> cached = Files.walk(folder.resolve("cache"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
            assertThat(cached.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    /** Uses both libraries, and ends in the way that is asked for. */
    static final class Main {
        private Main() {}

        public static void main(String... arguments) throws SQLException {
            NativeLibraries.unpackOnce(Path.of(arguments[0]));
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                    ResultSet rows = connection.createStatement().executeQuery("SELECT 1")) {
                System.out.println(rows.next() && JLineNativeLoader.initialize() ? "used both" : "no");
            }
            if (arguments[1].equals("die")) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
