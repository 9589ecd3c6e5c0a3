package org.sqltune.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Standard error leads nowhere while an action runs, and where it led before afterwards. */
@EnabledOnOs(OS.LINUX)
class NativeWarningsTest {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    @Test
    void standardErrorComesBack() throws IOException {
        Path before = Files.readSymbolicLink(STANDARD_ERROR);
        assertThat(NativeWarnings.without(() -> target().equals(Path.of("/dev/null")) ? 7 : 0))
                .isEqualTo(7);
        assertThat(target()).isEqualTo(before);
        assertThatThrownBy(() -> NativeWarnings.without(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(target()).isEqualTo(before);
    }

    private static Path target() {
        try {
            return Files.readSymbolicLink(STANDARD_ERROR);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
