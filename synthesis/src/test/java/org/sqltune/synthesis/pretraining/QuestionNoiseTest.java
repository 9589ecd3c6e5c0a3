package org.sqltune.synthesis.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.synthesis.invention.Sampler;

class QuestionNoiseTest {
    private static final String QUESTION = "Which customers have savings in Berlin?";

    private static List<String> often(String question, Set<String> values, boolean mayLowerCase) {
        QuestionNoise noise = new QuestionNoise(new Sampler(3));
        return IntStream.range(0, 1000)
                .mapToObj(i -> noise.on(question, values, mayLowerCase))
                .toList();
    }

    @Test
    void mostQuestionsStayAndTheOthersDifferInSeveralWays() {
        List<String> all = often(QUESTION, Set.of("savings", "Berlin"), true);

        assertThat(all).filteredOn(QUESTION::equals).hasSizeBetween(350, 750);
        assertThat(all)
                .contains("Which customers have savings in Berlin", QUESTION.toLowerCase(java.util.Locale.ROOT))
                .anyMatch(text -> text.endsWith("please"));
    }

    @Test
    void valuesAreNeverMisspeltAndKeepTheirCaseWhereItCannotBeTold() {
        assertThat(often(QUESTION, Set.of("savings", "Berlin"), false))
                .allMatch(text -> text.contains("savings") && text.contains("Berlin"));
    }

    @Test
    void typosStayWithinOneWord() {
        List<String> typos = often("customers", Set.of(), false).stream()
                .filter(text -> text.matches("[a-z]+") && !text.equals("customers"))
                .toList();

        assertThat(typos).isNotEmpty().allMatch(text -> text.length() >= 8 && text.startsWith("c"));
    }
}
