package org.sqltune.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "7.25, 7.3", "999, 999", "4600, 4.6k", "12000, 12k", "2500000000, 2.5G"})
    void countsAreRough(double count, String words) {
        assertThat(Words.rough(count)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.25, 0.25", "2e-4, 2e-4", "1.5e-5, 1.5e-5", "-0.5, -0.5", "1200, 1200", "2e6, 2e6"})
    void ticksAreShort(double value, String words) {
        assertThat(Words.tick(value)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"12.4, 12 s", "59.6, 1 min 0 s", "200, 3 min 20 s", "7500, 2 h 5 min"})
    void durationsHaveTwoUnits(double seconds, String words) {
        assertThat(Words.duration(seconds)).isEqualTo(words);
    }

    @Test
    void bytesHaveAUnit() {
        assertThat(Words.bytes(3)).isEqualTo("3 B");
        assertThat(Words.bytes(1_234_000_000L)).isEqualTo("1.2 GB");
    }
}
