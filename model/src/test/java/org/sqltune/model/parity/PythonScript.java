package org.sqltune.model.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A script of tools/parity, run by a Python that has its requirements.txt. The system property {@code sqltune.python} names
 * that Python.
 */
public final class PythonScript {
    private static final int LIMIT_MINUTES = 5;

    private final Path script;

    /** @param name such as {@code check_merged.py} */
    public PythonScript(String name) {
        // Tests run in the module's folder.
        this.script = Path.of("..", "tools", "parity", name).toAbsolutePath().normalize();
        assertThat(script).exists();
    }

    /** Runs it and fails with all it printed unless it succeeds. */
    public void run(Object... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("python", ".txt");
        List<String> command = Stream.concat(
                        Stream.of(python(), script.toString()),
                        Arrays.stream(arguments).map(Object::toString))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("HF_HUB_OFFLINE", "1", "OMP_NUM_THREADS", "1"));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", script)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", script, Files.readString(output, StandardCharsets.UTF_8))
                    .isZero();
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static String python() {
        String python = System.getProperty("sqltune.python");
        assertThat(python)
                .as("name a Python that has tools/parity/requirements.txt: -Dsqltune.python=/path/to/bin/python")
                .isNotBlank();
        return python;
    }
}
