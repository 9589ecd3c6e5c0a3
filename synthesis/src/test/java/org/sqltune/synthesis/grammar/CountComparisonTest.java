package org.sqltune.synthesis.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CountComparisonTest {
    @Test
    void moreIsComparedMoreOften() {
        Map<Comparison, Integer> drawn = new EnumMap<>(Comparison.class);
        Choice choice = new Choice(1);
        for (int time = 0; time < 700; time++) {
            drawn.merge(Comparison.draw(choice), 1, Integer::sum);
        }

        assertThat(drawn).containsOnlyKeys(Comparison.values());
        assertThat(drawn.get(Comparison.MORE)).isBetween(240, 360);
        assertThat(drawn.get(Comparison.FEWER)).isBetween(60, 140);
    }

    @ParameterizedTest
    @CsvSource({"MORE, ' > '", "LEAST, ' >= '", "FEWER, ' < '", "EXACTLY, ' = '"})
    void theOperatorStandsBetweenSpaces(Comparison comparison, String operator) {
        assertThat(comparison.operator()).isEqualTo(operator);
    }

    @ParameterizedTest
    @EnumSource(Comparison.class)
    void onlyMoreIsSometimesThanOne(Comparison comparison) {
        Choice choice = new Choice(2);
        for (int time = 0; time < 200; time++) {
            int count = comparison.count(choice, 5);
            assertThat(count).isBetween(comparison == Comparison.MORE ? 1 : 2, 5);
        }
    }

    @Test
    void moreThanOneIsSeveral() {
        assertThat(Comparison.MORE.section(1)).isEqualTo("several");
        assertThat(Comparison.MORE.section(2)).isEqualTo("more");
        assertThat(Comparison.EXACTLY.section(3)).isEqualTo("exactly");
    }
}
