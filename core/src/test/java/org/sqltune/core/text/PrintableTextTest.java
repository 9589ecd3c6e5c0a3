package org.sqltune.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTextTest {
    @Test
    void whatSteersATerminalBecomesVisible() {
        assertThat(PrintableText.oneLine("\u001b[2Ja\u009b31mb\u0007\r\n\t\u0000\u007f"))
                .isEqualTo("\\u001b[2Ja\\u009b31mb\\u0007\\r\\n\\t\\u0000\\u007f");
        assertThat(PrintableText.lines("a\n\tb\r\nc")).isEqualTo("a\n\tb\\r\nc");
        assertThat(PrintableText.lines("\u202eevil\u2066x\u2069\u200f\u061c\u2028y"))
                .isEqualTo("\\u202eevil\\u2066x\\u2069\\u200f\\u061c\\u2028y");
    }

    @Test
    void whatNobodySeesBecomesVisible() {
        assertThat(PrintableText.oneLine("a\u200bb\ufeffc\u2060")).isEqualTo("a\\u200bb\\ufeffc\\u2060");
        // a tag character, outside the first plane
        assertThat(PrintableText.oneLine("a\udb40\udc41")).isEqualTo("a\\udb40\\udc41");
        assertThat(PrintableText.oneLine("a\ud800b")).isEqualTo("a\\ud800b");
    }

    @Test
    void scriptsAndEmojisStay() {
        String text = "Größe 数 नमस्ते می\u200cخواهم 👩\u200d👩\u200d👧 \u0600 ünïcödé";
        assertThat(PrintableText.oneLine(text)).isSameAs(text);
    }

    @Property
    void nothingThatIsPrintedCanSteer(@ForAll String text) {
        String printable = PrintableText.lines(text);
        assertThat(printable.codePoints().filter(c -> c != '\n' && c != '\t').noneMatch(Character::isISOControl))
                .isTrue();
        assertThat(PrintableText.lines(printable)).isEqualTo(printable);
        assertThat(PrintableText.oneLine(text)).doesNotContain("\n");
    }
}
