package org.sqltune.evaluation.bird;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.sql.QueryResult;

/** Cases are computed by hand from the definitions; properties hold for any results. */
class BirdMetricsTest {
    @Test
    void rowsAreASetInAnyOrder() {
        QueryResult gold = result(row(1L, "a"), row(2L, "b"), row(1L, "a"));
        assertThat(BirdMetrics.sameRows(gold, result(row(2L, "b"), row(1L, "a"))))
                .isTrue();
        assertThat(BirdMetrics.sameRows(gold, result(row("b", 2L), row("a", 1L))))
                .isFalse();
        assertThat(BirdMetrics.sameRows(gold, result(row(1L, "a")))).isFalse();
        assertThat(BirdMetrics.sameRows(result(), result())).isTrue();
    }

    @Test
    void valuesAreEqualAsInPython() {
        assertThat(BirdMetrics.sameRows(result(row(3L)), result(row(3.0)))).isTrue();
        assertThat(BirdMetrics.sameRows(result(row(0.1 + 0.2)), result(row(0.3))))
                .isFalse();
        assertThat(BirdMetrics.sameRows(result(row((Object) null)), result(row((Object) null))))
                .isTrue();
        assertThat(BirdMetrics.sameRows(result(row("3")), result(row(3L)))).isFalse();
        assertThat(BirdMetrics.sameRows(result(row(new byte[] {1})), result(row(new byte[] {1}))))
                .isTrue();
        assertThat(BirdMetrics.sameRows(result(row(-0.0)), result(row(0L)))).isTrue();
    }

    @Test
    void softF1CountsWhatRowsHaveInCommon() {
        // Row 1: one of two values found, one not, one missing. Row 2: both. tp 1.5, fp 0.5, fn 0.5: P = R = 0.75.
        assertThat(BirdMetrics.softF1(
                        result(row("apple", 325L), row("orange", 191L)), result(row("apple", 1L), row("orange", 191L))))
                .isCloseTo(0.75, within(1e-12));
        // One column more in each row: tp 2, fp 1 (two halves), fn 0: P = 2/3, R = 1.
        assertThat(BirdMetrics.softF1(
                        result(row("apple", 325L), row("orange", 191L)),
                        result(row("apple", 325L, 7L), row("orange", 191L, 8L))))
                .isCloseTo(0.8, within(1e-12));
        // One column: each row has half. tp 1, fp 0, fn 1: P = 1, R = 0.5.
        assertThat(BirdMetrics.softF1(
                        result(row("apple", 325L), row("orange", 191L)), result(row("apple"), row("orange"))))
                .isCloseTo(2.0 / 3, within(1e-12));
        // One row more: tp 1, fp 1. One row fewer: tp 1, fn 1.
        assertThat(BirdMetrics.softF1(result(row(1L)), result(row(1L), row(2L))))
                .isCloseTo(2.0 / 3, within(1e-12));
        assertThat(BirdMetrics.softF1(result(row(1L), row(2L)), result(row(1L))))
                .isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void softF1OfNothing() {
        assertThat(BirdMetrics.softF1(result(), result())).isEqualTo(1);
        assertThat(BirdMetrics.softF1(result(row(1L)), result())).isZero();
        assertThat(BirdMetrics.softF1(result(), result(row(1L)))).isZero();
    }

    @Test
    void softF1LooksAtPlacesAndEXDoesNot() {
        QueryResult gold = result(row(1L), row(2L));
        QueryResult turned = result(row(2L), row(1L));
        assertThat(BirdMetrics.softF1(gold, turned)).isZero();
        assertThat(BirdMetrics.sameRows(gold, turned)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2.0, 1.25",
        "5, 1.25",
        "1.99, 1",
        "1, 1",
        "0.99, 0.75",
        "0.5, 0.75",
        "0.49, 0.5",
        "0.25, 0.5",
        "0.1, 0.25"
    })
    void rewardsDependOnTheRatioOfTimes(double ratio, double reward) {
        assertThat(BirdMetrics.reward(new double[] {ratio})).isEqualTo(reward);
    }

    @Test
    void aWrongPredictionHasNoReward() {
        assertThat(BirdMetrics.reward(new double[0])).isZero();
        assertThat(BirdMetrics.valid(1.25)).isCloseTo(111.803398875, within(1e-9));
        assertThat(BirdMetrics.valid(0)).isZero();
    }

    @Test
    void aRatioBeyondThreeDeviationsDoesNotCount() {
        // 99 times 1 and once 1000: the mean is 10.99, the deviation 99.4, so 1000 is left out.
        double[] ratios = DoubleStream.concat(DoubleStream.generate(() -> 1).limit(99), DoubleStream.of(1000))
                .toArray();
        assertThat(BirdMetrics.reward(ratios)).isEqualTo(1);
    }

    @Property
    void exIsSymmetricAndKnowsNoOrderOrDuplicates(
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 3) Integer> a,
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 3) Integer> b,
            @ForAll Random random) {
        QueryResult first = numbers(a);
        QueryResult second = numbers(b);
        assertThat(BirdMetrics.sameRows(first, second)).isEqualTo(BirdMetrics.sameRows(second, first));
        List<Integer> shuffled = new ArrayList<>(a);
        shuffled.addAll(a);
        Collections.shuffle(shuffled, random);
        assertThat(BirdMetrics.sameRows(first, numbers(shuffled))).isTrue();
    }

    @Property
    void softF1LiesBetweenZeroAndOneAndIsOneForEqualRowsInEqualOrder(
            @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 3) Integer> a,
            @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 3) Integer> b) {
        assertThat(BirdMetrics.softF1(numbers(a), numbers(b))).isBetween(0.0, 1.0);
        assertThat(BirdMetrics.softF1(numbers(a), numbers(a))).isEqualTo(1);
        List<Integer> twice = a.stream().flatMap(each -> Stream.of(each, each)).toList();
        assertThat(BirdMetrics.softF1(numbers(a), numbers(twice))).isEqualTo(1);
        // With one column, swapping sides swaps precision and recall.
        assertThat(BirdMetrics.softF1(numbers(a), numbers(b)))
                .isCloseTo(BirdMetrics.softF1(numbers(b), numbers(a)), within(1e-12));
    }

    @Property
    void softF1DoesNotSeeTheOrderOfColumns(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 4) Integer> gold,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 4) Integer> predicted,
            @ForAll Random random) {
        List<Integer> shuffled = new ArrayList<>(predicted);
        Collections.shuffle(shuffled, random);
        QueryResult wanted = result(List.copyOf(gold));
        assertThat(BirdMetrics.softF1(wanted, result(List.copyOf(predicted))))
                .isCloseTo(BirdMetrics.softF1(wanted, result(List.copyOf(shuffled))), within(1e-12));
    }

    private static QueryResult numbers(List<Integer> values) {
        return result(values.stream()
                .map(value -> row((Object) (value == 3 ? null : value.doubleValue() / 2)))
                .toArray(List[]::new));
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    @SuppressWarnings("unchecked")
    private static QueryResult result(List<?>... rows) {
        int columns = rows.length == 0 ? 1 : rows[0].size();
        List<List<Object>> copy = new ArrayList<>();
        for (List<?> row : rows) {
            copy.add((List<Object>) row);
        }
        return new QueryResult(
                IntStream.range(0, columns).mapToObj(i -> "c" + i).toList(), copy, false);
    }
}
