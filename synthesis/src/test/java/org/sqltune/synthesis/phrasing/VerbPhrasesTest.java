package org.sqltune.synthesis.phrasing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerbPhrasesTest {
    @ParameterizedTest
    @CsvSource({
        "with a price above {value}, have a price above {value}",
        "that cost{s} more than {value}, cost{s} more than {value}",
        "{who} {have} no {items}, {have} no {items}",
        "from {value}, are from {value}",
        "{done} in {value}, were placed in {value}"
    })
    void whatFollowsANounBecomesAVerbPhrase(String phrase, String verb) {
        assertThat(VerbPhrases.of(phrase, Optional.of("placed"))).contains(verb);
    }

    @Test
    void aVerbWithAPronounLosesIt() {
        assertThat(VerbPhrases.of("{done} in {value}", Optional.of("who signed up")))
                .contains("signed up in {value}");
    }

    @ParameterizedTest
    @CsvSource({"whose price is {value}", "where the price is {value}", "costing {value}", "{value} {tables}"})
    void someHaveNone(String phrase) {
        assertThat(VerbPhrases.of(phrase, Optional.empty())).isEmpty();
    }
}
