package org.sqltune.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.split.SeededSplit.Split;

class SeededSplitTest {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @ParameterizedTest
    @CsvSource({"100, 0.05, 5", "100, 0, 0", "10, 0.01, 1", "2, 0.99, 1", "1, 0.5, 0", "0, 0.5, 0", "7, 0.5, 4"})
    void theShareIsRoundedButBothSidesKeepSomething(int size, double share, int held) {
        List<Integer> items = HUNDRED.subList(0, size);

        Split<Integer> split = new SeededSplit(share, 42).random(items);

        assertThat(split.validation()).hasSize(held);
        assertIsDivided(items, split);
    }

    @Test
    void theSameSeedGivesTheSameSplitOnEveryMachine() {
        assertThat(new SeededSplit(0.05, 42).random(HUNDRED).validation()).containsExactly(63, 69, 71, 81, 87);
        assertThat(new SeededSplit(0.05, 43).random(HUNDRED).validation()).containsExactly(47, 49, 77, 81, 93);
    }

    @Test
    void everyStratumGivesTheSameShare() {
        Function<Integer, String> stratum = i -> i < 60 ? "easy" : i < 90 ? "medium" : "hard";

        Split<Integer> split = new SeededSplit(0.1, 7).stratified(HUNDRED, stratum);

        assertThat(split.validation().stream().collect(Collectors.groupingBy(stratum, Collectors.counting())))
                .containsEntry("easy", 6L)
                .containsEntry("medium", 3L)
                .containsEntry("hard", 1L);
        assertIsDivided(HUNDRED, split);
    }

    @Test
    void aStratumOfOneStaysInTraining() {
        Split<Integer> split = new SeededSplit(0.5, 7).stratified(HUNDRED, i -> i == 13 ? "rare" : "common");

        assertThat(split.train()).contains(13);
        assertThat(split.validation()).hasSize(50);
    }

    @Test
    void strataOfOneEachAreSplitAtRandom() {
        Split<Integer> split = new SeededSplit(0.1, 7).stratified(HUNDRED, i -> i);

        assertThat(split.validation()).hasSize(10);
        assertIsDivided(HUNDRED, split);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void aDatabaseIsNeverOnBothSides(long seed) {
        Split<Integer> split = new SeededSplit(0.2, seed).grouped(HUNDRED, i -> i / 7);

        assertThat(split.validation().stream().map(i -> i / 7).distinct())
                .doesNotContainAnyElementsOf(
                        split.train().stream().map(i -> i / 7).distinct().toList());
        assertThat(split.validation()).hasSizeBetween(17, 23);
        assertIsDivided(HUNDRED, split);
    }

    @Test
    void ofTwoUnequalDatabasesOneIsHeldOut() {
        Split<Integer> split = new SeededSplit(0.01, 1).grouped(HUNDRED, i -> i < 90);

        assertThat(split.validation()).containsExactlyElementsOf(HUNDRED.subList(90, 100));
    }

    @Test
    void aSingleDatabaseCannotBeHeldOut() {
        assertThatThrownBy(() -> new SeededSplit(0.1, 1).grouped(HUNDRED, i -> "shop"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("all 100 examples are of shop");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aShareOutOfRangeIsNamed(double share) {
        assertThatThrownBy(() -> new SeededSplit(share, 1))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(String.valueOf(share));
    }

    private static void assertIsDivided(List<Integer> items, Split<Integer> split) {
        List<Integer> together = new ArrayList<>(split.train());
        together.addAll(split.validation());
        assertThat(together).containsExactlyInAnyOrderElementsOf(items);
        assertThat(split.train()).isSorted();
        assertThat(split.validation()).isSorted();
    }
}
