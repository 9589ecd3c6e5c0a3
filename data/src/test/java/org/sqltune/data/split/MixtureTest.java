package org.sqltune.data.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final List<String> BIG =
            IntStream.range(0, 90).mapToObj(i -> "b" + i).toList();
    private static final List<String> SMALL =
            IntStream.range(0, 10).mapToObj(i -> "s" + i).toList();

    @Test
    void eachSetGetsItsShareOfAllExamples() {
        List<String> mixed = train(mixture(List.of(1.0, 1.0), null, 1));

        assertThat(mixed).hasSize(100).doesNotHaveDuplicates();
        assertThat(mixed).filteredOn(id -> id.startsWith("big:")).hasSize(50);
        assertThat(mixed)
                .filteredOn(id -> id.startsWith("small:"))
                .hasSize(50)
                .contains("small:s0", "small:s0#2", "small:s0#5")
                .doesNotContain("small:s0#6");
    }

    @Test
    void theSetsAreSpreadOverTheWhole() {
        List<String> mixed = train(mixture(List.of(3.0, 1.0), 40, 1));

        assertThat(mixed).hasSize(40);
        for (int start = 0; start < 40; start += 8) {
            assertThat(mixed.subList(start, start + 8))
                    .filteredOn(id -> id.startsWith("small:"))
                    .hasSizeBetween(1, 3);
        }
    }

    @Test
    void theSeedAloneDecidesWhichAreDrawn() {
        assertThat(train(mixture(List.of(1.0, 1.0), null, 7))).isEqualTo(train(mixture(List.of(1.0, 1.0), null, 7)));
        assertThat(train(mixture(List.of(1.0, 1.0), null, 7))).isNotEqualTo(train(mixture(List.of(1.0, 1.0), null, 8)));
    }

    @Test
    void aSetWithoutExamplesOfAKindLeavesTheOthersAsTheyAre() {
        Mixture mixture = mixture(List.of(1.0, 1.0), null, 1);

        assertThat(mixture.train(List.of(BIG, List.<String>of()), Function.identity(), (each, id) -> id))
                .isEqualTo(train(mixture).stream()
                        .filter(id -> id.startsWith("big:"))
                        .toList());
    }

    @Test
    void setsOfOneNameAreNumbered() {
        Mixture mixture = new Mixture(List.of("a", "a"), List.of(1.0, 1.0), List.of(1, 1), null, 1);

        assertThat(mixture.train(List.of(List.of("x"), List.of("x")), Function.identity(), (each, id) -> id))
                .containsExactly("a:x", "a-2:x");
        assertThat(mixture.notes())
                .containsExactly(
                        "a: 1 training examples are drawn from 1 (weight 1.0, seed 1).",
                        "a-2: 1 training examples are drawn from 1 (weight 1.0, seed 1).");
    }

    private static Mixture mixture(List<Double> weights, Integer most, long seed) {
        return new Mixture(List.of("big", "small"), weights, List.of(90, 10), most, seed);
    }

    private static List<String> train(Mixture mixture) {
        return mixture.train(List.of(BIG, SMALL), Function.identity(), (each, id) -> id);
    }
}
