package org.sqltune.synthesis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InterleavedGroupsTest {
    @Property(tries = 200)
    void everyElementComesOnce(
            @ForAll @Size(max = 4) List<@Size(max = 12) List<Integer>> groups,
            @ForAll @IntRange(min = 1, max = 5) int length,
            @ForAll long seed) {
        assertThat(InterleavedGroups.inTurn(groups, length, seed))
                .containsExactlyInAnyOrderElementsOf(
                        groups.stream().flatMap(List::stream).toList());
    }

    @Property(tries = 100)
    void equalSeedsMixEqually(@ForAll @Size(max = 4) List<@Size(max = 12) List<Integer>> groups, @ForAll long seed) {
        assertThat(InterleavedGroups.inTurn(groups, 3, seed)).isEqualTo(InterleavedGroups.inTurn(groups, 3, seed));
    }

    @Property(tries = 100)
    void aRunIsOfOneGroup(@ForAll @IntRange(min = 1, max = 5) int length, @ForAll long seed) {
        List<List<Integer>> groups = IntStream.range(0, 3)
                .mapToObj(group -> IntStream.range(0, 4 * length)
                        .mapToObj(i -> group * 1000 + i)
                        .toList())
                .toList();
        List<Integer> mixed = InterleavedGroups.inTurn(groups, length, seed);

        for (int start = 0; start < mixed.size(); start += length) {
            assertThat(mixed.subList(start, start + length).stream()
                            .map(each -> each / 1000)
                            .distinct())
                    .hasSize(1);
        }
        assertThat(mixed.subList(0, 3 * length).stream()
                        .map(each -> each / 1000)
                        .distinct())
                .containsExactly(0, 1, 2);
    }

    @Test
    void ofNothingComesNothing() {
        assertThat(InterleavedGroups.inTurn(List.of(), 3, 1)).isEmpty();
        assertThat(InterleavedGroups.inTurn(List.of(List.of(), List.of()), 3, 1))
                .isEmpty();
    }
}
