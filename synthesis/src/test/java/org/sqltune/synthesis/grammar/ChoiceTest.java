package org.sqltune.synthesis.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Property(tries = 100)
    void equalSeedsChooseEqually(@ForAll long seed, @ForAll @Size(min = 1, max = 9) List<Integer> options) {
        Choice one = new Choice(seed);
        Choice other = new Choice(seed);

        assertThat(one.one(options)).isEqualTo(other.one(options));
        assertThat(one.shuffled(options)).isEqualTo(other.shuffled(options));
        assertThat(one.between(1, 9)).isEqualTo(other.between(1, 9));
        assertThat(one.chance(0.5)).isEqualTo(other.chance(0.5));
        assertThat(one.from(options)).isEqualTo(other.from(options));
    }

    @Property(tries = 100)
    void shufflingKeepsEveryElement(@ForAll long seed, @ForAll @Size(max = 9) List<Integer> options) {
        assertThat(new Choice(seed).shuffled(options)).containsExactlyInAnyOrderElementsOf(options);
    }

    @Property(tries = 100)
    void bothEndsOfARangeAreIncluded(
            @ForAll long seed, @ForAll @IntRange(min = -5, max = 5) int least, @ForAll @IntRange(max = 3) int width) {
        Choice choice = new Choice(seed);
        List<Integer> drawn = IntStream.range(0, 200)
                .map(time -> choice.between(least, least + width))
                .boxed()
                .distinct()
                .sorted()
                .toList();

        assertThat(drawn)
                .isEqualTo(IntStream.rangeClosed(least, least + width).boxed().toList());
    }

    @Property(tries = 100)
    void someAreDifferentOnesAndAsManyAsAsked(@ForAll long seed, @ForAll @IntRange(max = 6) int count) {
        List<String> options = List.of("a", "b", "c", "d");

        if (count > options.size()) {
            assertThat(new Choice(seed).some(options, count)).isEmpty();
        } else {
            assertThat(new Choice(seed).some(options, count).orElseThrow())
                    .hasSize(count)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(options);
        }
    }

    @Test
    void nothingIsChosenOfNothing() {
        assertThat(new Choice(1).from(List.of())).isEmpty();
        assertThat(new Choice(1).some(List.of(), 0)).contains(List.of());
        assertThatThrownBy(() -> new Choice(1).one(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChanceOfNothingAndOfEverythingIsSure() {
        Choice choice = new Choice(1);

        assertThat(IntStream.range(0, 100)).allSatisfy(time -> {
            assertThat(choice.chance(0)).isFalse();
            assertThat(choice.chance(1)).isTrue();
        });
    }
}
