package org.sqltune.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {
    /** The shares p at which (p - correct / total)² is 1.96² p (1 - p) / total, solved in Python. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0.277533",
        "5, 10, 0.236593, 0.763407",
        "10, 10, 0.722467, 1",
        "1, 3, 0.061492, 0.792340",
        "700, 1034, 0.647870, 0.704785",
        "0, 0, 0, 1"
    })
    void theIntervalIsWilsons(int correct, int total, double low, double high) {
        Interval interval = new Score(correct, total).interval();
        assertThat(interval.low()).isCloseTo(low, within(1e-6));
        assertThat(interval.high()).isCloseTo(high, within(1e-6));
    }

    @Test
    void sharesAreWrittenAsPercent() {
        assertThat(new Score(7, 8).percent()).isEqualTo("87.5 %");
        assertThat(new Score(7, 8).accuracy()).hasValue(0.875);
        assertThat(new Score(0, 8).accuracy()).hasValue(0);
        assertThat(new Interval(0.201, 0.349).percent()).isEqualTo("20.1 to 34.9 %");
        assertThat(Score.NONE.percent()).isEqualTo("-");
        assertThat(Score.NONE.accuracy()).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void noMoreThanAllCanBeRight() {
        assertThat(new Score(3, 3).correct()).isEqualTo(3);
        assertThatThrownBy(() -> new Score(4, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 of 3 can't be right");
        assertThatThrownBy(() -> new Score(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
