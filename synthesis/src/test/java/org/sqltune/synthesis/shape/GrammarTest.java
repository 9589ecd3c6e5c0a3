package org.sqltune.synthesis.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.sqltune.synthesis.invention.Sampler;

class GrammarTest {
    private final Grammar grammar = Grammar.load("grammar-example.txt", new Sampler(1));

    @Test
    void everyAlternativeAndChoiceComesUp() {
        Set<String> phrases = new TreeSet<>();
        for (int time = 0; time < 200; time++) {
            phrases.add(grammar.phrase("greeting", Map.of("name", "Ann (the first)")));
        }
        assertThat(phrases)
                .containsExactly(
                        "Good day, Ann (the first).",
                        "Good evening, Ann (the first).",
                        "Good evening.",
                        "Good morning, Ann (the first).",
                        "Good morning.");
    }

    @Test
    void aSlotWithoutTextIsNamed() {
        assertThatThrownBy(() -> grammar.phrase("salute", Map.of()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("{name} in salute");
    }
}
