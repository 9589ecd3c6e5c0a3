package org.sqltune.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextStreamTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void messagesComeWithoutSecretsAndControls() {
        PrintStream messages = TextStream.ofMessages(bytes);
        messages.println("sqltune: no answer from https://me:hunter2@h/\u001b[2J");
        messages.print("password=hun");
        messages.println("ter2");
        messages.println("done\rsqltune: not done");
        messages.println("\u202egpj");
        assertThat(written().lines())
                .containsExactly(
                        "sqltune: no answer from https://***@h/\\u001b[2J",
                        "password=***",
                        "done\\rsqltune: not done",
                        "\\u202egpj");
    }

    @Test
    void stackTracesComeWithoutSecretsToo() {
        new IllegalStateException("password=hunter2", new RuntimeException("https://me:hunter2@h"))
                .printStackTrace(TextStream.ofMessages(bytes));
        assertThat(written())
                .contains("IllegalStateException: password=***\n\tat ")
                .contains("https://***@h")
                .doesNotContain("hunter2");
    }

    @Test
    void progressBarsRedrawTheirLine() {
        PrintStream messages = TextStream.ofMessages(bytes);
        messages.print("\rhalf");
        assertThat(written()).isEqualTo("\rhalf");
        messages.print("\rwhole");
        messages.println();
        assertThat(written()).isEqualTo("\rhalf\rwhole\n");
    }

    @Test
    void resultsStayAsTheyAreUnlessTheyReachATerminal() {
        String sql = "SELECT '\u001b]0;x\u0007', 'password=a' -- \u202e";
        TextStream.ofResults(bytes, () -> false).println(sql);
        assertThat(written()).isEqualTo(sql + System.lineSeparator());
        bytes.reset();
        TextStream.ofResults(bytes, () -> true).println(sql);
        assertThat(written())
                .isEqualTo("SELECT '\\u001b]0;x\\u0007', 'password=a' -- \\u202e" + System.lineSeparator());
    }

    @Property
    void resultsOfAnyCharactersInAnyPiecesStayByteForByte(@ForAll String first, @ForAll String second) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        for (PrintStream stream : new PrintStream[] {
            new PrintStream(plain, true, StandardCharsets.UTF_8), TextStream.ofResults(results, () -> false)
        }) {
            stream.print(first);
            for (byte each : second.getBytes(StandardCharsets.UTF_8)) {
                stream.write(each);
                stream.flush();
            }
            PrintWriter writer = new PrintWriter(stream, false, StandardCharsets.UTF_8);
            writer.print(first.repeat(50));
            writer.flush();
            stream.flush();
        }
        assertThat(results.toByteArray()).isEqualTo(plain.toByteArray());
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
