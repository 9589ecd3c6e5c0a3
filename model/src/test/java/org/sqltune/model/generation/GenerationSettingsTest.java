package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DecodingSettings;

class GenerationSettingsTest {
    @Test
    void allThatIsImpossibleIsListedAtOnce() {
        assertThatThrownBy(() -> new GenerationSettings(
                        new Sampling(-1, 0, -2, 1.5, 0, 0), -1, 0, 0, Double.NaN, OptionalInt.of(-1), -3))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.faults())
                                .hasSize(11)
                                .contains(
                                        "temperature is -1.0: give a number of at least 0",
                                        "top_p is 0.0: give a number above 0 and at most 1",
                                        "min_p is 1.5: give a number from 0 to 1",
                                        "repetition_penalty is 0.0: give a number above 0"));
    }

    @Test
    void beamsThatSampleAndAnswersThatWouldBeAlikeAreRefused() {
        assertThatThrownBy(() -> new GenerationSettings(1, 1, 10, 0).withBeams(3, 1))
                .hasMessageContaining("num_beams is 3: give 1, or temperature 0");
        assertThatThrownBy(() -> GenerationSettings.greedy(10).withN(2)).hasMessageContaining("n is 2: give 1");
        assertThat(GenerationSettings.greedy(10).withBeams(3, 1).withN(3).width())
                .isEqualTo(3);
    }

    @Test
    void theDefaultsOfAConfigurationAreGreedy() {
        GenerationSettings settings = GenerationSettings.of(DecodingSettings.defaults());
        assertThat(settings.withSpeculation(0)).isEqualTo(GenerationSettings.greedy(256));
    }
}
