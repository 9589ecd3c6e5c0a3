package org.sqltune.synthesis.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.synthesis.grammar.Choice;

class ParaphrasesTest {
    private static final Paraphrases PARAPHRASES = Paraphrases.standard();

    @ParameterizedTest
    @CsvSource({
        "How many cities are there?, cities",
        "What is the average price of all products?, price of all products",
        "Show the names of all singers., names of all singers",
        "List the names of all singers, names of all singers",
        "Find the name of the youngest student., name of the youngest student"
    })
    void theFrameChangesAndWhatIsAskedAboutStays(String question, String kept) {
        Set<String> said = said(question);

        assertThat(said).isNotEmpty().allMatch(other -> other.contains(kept)).doesNotContain(question);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many cities are there? And how many countries?",
                "What is the size, and what is the name?",
                "Show the names and list the ages.",
                "Berlin",
                "",
                "?"
            })
    void aQuestionThatFitsNoFrameOrHasSeveralStays(String question) {
        assertThat(said(question)).isEmpty();
    }

    @Test
    void theCaseOfTheFrameDoesntMatter() {
        assertThat(said("HOW MANY Cities ARE THERE?")).isNotEmpty().allMatch(other -> other.contains("Cities"));
    }

    @Test
    void theSameDiceSayTheSame() {
        assertThat(PARAPHRASES.of("How many cities are there?", new Choice(5)))
                .isEqualTo(PARAPHRASES.of("How many cities are there?", new Choice(5)));
    }

    private static Set<String> said(String question) {
        Set<String> said = new TreeSet<>();
        for (long seed = 0; seed < 40; seed++) {
            Optional<String> other = PARAPHRASES.of(question, new Choice(seed));
            other.ifPresent(said::add);
        }
        return said;
    }
}
