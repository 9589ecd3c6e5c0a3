package org.sqltune.data.link;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "berlin, berlin, false",
        "berlin, berln, true",
        "berlin, berrlin, true",
        "berlin, berlim, true",
        "berlin, brelin, true",
        "berlin, belrni, false",
        "berlin, brlni, false",
        "ab, ba, true",
        "abcd, badc, false",
    })
    void oneChangeIsOneAndNoMore(String one, String other, boolean expected) {
        assertThat(Spelling.differsByOne(one, other)).isEqualTo(expected);
        assertThat(Spelling.differsByOne(other, one)).isEqualTo(expected);
    }

    @Property
    void aLetterLeftOutIsOneChange(
            @ForAll @AlphaChars @StringLength(min = 2, max = 12) String word, @ForAll @IntRange(max = 100) int place) {
        int at = place % word.length();
        assertThat(Spelling.differsByOne(word, word.substring(0, at) + word.substring(at + 1)))
                .isTrue();
        assertThat(Spelling.differsByOne(word, word)).isFalse();
    }
}
