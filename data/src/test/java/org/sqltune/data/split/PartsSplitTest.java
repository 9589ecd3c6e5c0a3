package org.sqltune.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;

class PartsSplitTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 1000).boxed().toList();

    @Test
    void sharesAndNumbersAreMetExactly() {
        assertThat(split("0.8", "0.1", "0.1").random(ITEMS))
                .extracting(List::size)
                .containsExactly(800, 100, 100);
        assertThat(split("500", "20").random(ITEMS)).extracting(List::size).containsExactly(500, 20);
        assertThat(split("0.333", "0.333", "0.334").random(ITEMS))
                .extracting(List::size)
                .containsExactly(333, 333, 334);
    }

    @Test
    void partsShareNothingAndEqualSeedsMakeEqualParts() {
        List<List<Integer>> parts = split("0.5", "0.3", "0.2").random(ITEMS);
        Set<Integer> all = new HashSet<>();
        parts.forEach(all::addAll);
        assertThat(all).hasSize(1000);
        assertThat(parts).allSatisfy(part -> assertThat(part).isSorted());
        assertThat(split("0.5", "0.3", "0.2").random(ITEMS)).isEqualTo(parts);
        assertThat(new PartsSplit(PartSizes.of(List.of("0.5", "0.3", "0.2")), 8).random(ITEMS))
                .isNotEqualTo(parts);
    }

    @Test
    void stratifiedPartsHaveTheSameMixture() {
        for (List<Integer> part : split("0.6", "0.2", "0.2").stratified(ITEMS, i -> i % 10 == 0)) {
            assertThat(part.stream().filter(i -> i % 10 == 0).count()).isEqualTo(part.size() / 10);
        }
    }

    @Test
    void groupsStayTogether() {
        List<List<Integer>> parts = split("0.6", "0.2", "0.2").grouped(ITEMS, i -> i / 40);
        List<Integer> groups = new ArrayList<>();
        parts.forEach(
                part -> groups.addAll(part.stream().map(i -> i / 40).distinct().toList()));
        assertThat(groups).doesNotHaveDuplicates().hasSize(25);
        assertThat(parts).extracting(List::size).containsExactly(600, 200, 200);
    }

    @Test
    void impossibleSizesAreRefused() {
        for (List<String> sizes : List.of(
                List.of("0.8", "0.3"), List.of("1"), List.of("0.5", "x"), List.of("-1", "2"), List.of("10.5", "3"))) {
            assertThatThrownBy(() -> PartSizes.of(sizes))
                    .as("%s", sizes)
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining(String.join(",", sizes));
        }
        assertThatThrownBy(() -> split("900", "200").random(ITEMS))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("1000 rows")
                .hasMessageContaining("1100");
    }

    private static PartsSplit split(String... sizes) {
        return new PartsSplit(PartSizes.of(List.of(sizes)), 7);
    }
}
