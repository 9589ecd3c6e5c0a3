package org.sqltune.inference.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

class PlainLinesTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void whoeverTypesIsPromptedForEveryLine() throws IOException {
        try (Terminal terminal = terminal("one\ntwo")) {
            PlainLines lines = new PlainLines(terminal, "> ");

            assertThat(lines.next()).isEqualTo("one");
            assertThat(lines.next()).isEqualTo("two");
            assertThat(lines.next()).isNull();
        }
        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("> > > \n");
    }

    @Test
    void aFileIsReadSilently() throws IOException {
        try (Terminal terminal = terminal("one\r\n\n")) {
            PlainLines lines = new PlainLines(terminal, "");

            assertThat(lines.next()).isEqualTo("one");
            assertThat(lines.next()).isEmpty();
            assertThat(lines.next()).isNull();
        }
        assertThat(screen.size()).isZero();
    }

    private Terminal terminal(String input) throws IOException {
        return new DumbTerminal(
                "test",
                Terminal.TYPE_DUMB,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8);
    }
}
