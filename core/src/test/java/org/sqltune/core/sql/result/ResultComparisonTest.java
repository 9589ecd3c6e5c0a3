package org.sqltune.core.sql.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.QueryResult;

class ResultComparisonTest {
    @Test
    void rowsAreABagUnlessOrderCounts() {
        QueryResult gold = result(row(1L), row(2L), row(2L));
        QueryResult shuffled = result(row(2L), row(1L), row(2L));
        assertThat(ResultComparison.difference(gold, shuffled, false)).isEmpty();
        assertThat(ResultComparison.difference(gold, shuffled, true)).hasValue("the rows in another order");
    }

    @Test
    void numbersMayDifferByTheToleranceAndLargeOnesNotAtAll() {
        assertThat(difference(result(row(0.0)), result(row(1e-6)))).isEmpty();
        assertThat(difference(result(row(0.0)), result(row(1.01e-6)))).isEqualTo("other values");
        assertThat(difference(result(row(1L << 60)), result(row((double) (1L << 60)))))
                .isEmpty();
        assertThat(difference(result(row(1L << 60)), result(row((1L << 60) + 1))))
                .isEqualTo("other values");
        assertThat(difference(result(row(1e300)), result(row(1e300)))).isEmpty();
        assertThat(difference(result(row(1e300)), result(row(2e300)))).isEqualTo("other values");
    }

    @Test
    void blobsAreEqualByTheirBytesAndNothingIsEqualToNullButNull() {
        assertThat(difference(result(row(new byte[] {1, 2})), result(row(new byte[] {1, 2}))))
                .isEmpty();
        assertThat(difference(result(row(new byte[] {1, 2})), result(row(new byte[] {1, 3}))))
                .isEqualTo("other values");
        assertThat(difference(result(row((Object) null)), result(row(0L)))).isEqualTo("other values");
        assertThat(difference(result(row((Object) null)), result(row("")))).isEqualTo("other values");
    }

    @Test
    void howOftenARowOccursCounts() {
        QueryResult gold = result(row(1L), row(2L), row(2L));
        assertThat(ResultComparison.difference(gold, result(row(1L), row(1L), row(2L)), false))
                .hasValue("other values");
        assertThat(ResultComparison.difference(gold, result(row(1L), row(2L)), false))
                .hasValue("2 rows instead of 3");
    }

    @Test
    void columnsMayStandInAnyOrder() {
        QueryResult gold = result(row("a", 1L, null), row("b", 2L, 3.5));
        assertThat(difference(gold, result(row(null, "a", 1L), row(3.5, "b", 2L))))
                .isEmpty();
        assertThat(ResultComparison.difference(gold, result(row(null, "a", 1L), row(3.5, "b", 2L)), true))
                .isEmpty();
    }

    @Test
    void valuesMustStayTogetherInTheirRows() {
        QueryResult gold = result(row("a", 1L), row("b", 2L));
        assertThat(difference(gold, result(row("a", 2L), row("b", 1L)))).isEqualTo("other values");
    }

    @Test
    void everyColumnIsUsedOnce() {
        QueryResult gold = result(row(1L, 2L, 2L));
        assertThat(difference(gold, result(row(1L, 1L, 2L)))).isEqualTo("other values");
        assertThat(difference(gold, result(row(2L, 1L, 2L)))).isEmpty();
    }

    @Test
    void theNumberOfColumnsCounts() {
        assertThat(difference(result(row(1L, 1L)), result(row(1L)))).isEqualTo("1 columns instead of 2");
    }

    @Test
    void resultsWithoutRowsAreTheSameWhateverTheirColumns() {
        QueryResult none = new QueryResult(List.of("a"), List.of(), false);
        QueryResult noneOfTwo = new QueryResult(List.of("a", "b"), List.of(), false);
        assertThat(difference(none, noneOfTwo)).isEmpty();
        assertThat(difference(none, result(row(1L)))).isEqualTo("1 rows instead of 0");
    }

    @Test
    void numbersAreEqualWithinTheTolerance() {
        assertThat(difference(result(row(2L)), result(row(2.0)))).isEmpty();
        assertThat(difference(result(row(0.3)), result(row(0.1 + 0.2)))).isEmpty();
        assertThat(difference(result(row(1.0000004)), result(row(1.0)))).isEmpty();
        assertThat(difference(result(row(1.00001)), result(row(1.0)))).isEqualTo("other values");
        assertThat(difference(result(row(-0.0)), result(row(0L)))).isEmpty();
    }

    @Test
    void noBorderOfRoundingPartsTwoNumbersThatAreAlmostTheSame() {
        double border = 0.0000005;
        assertThat(difference(result(row(border - 1e-12)), result(row(border + 1e-12))))
                .isEmpty();
    }

    @Test
    void largeNumbersAreComparedExactly() {
        long large = (1L << 53) + 1;
        assertThat(difference(result(row(large)), result(row(large - 1)))).isEqualTo("other values");
        assertThat(difference(result(row(1L << 60)), result(row((double) (1L << 60)))))
                .isEmpty();
        assertThat(difference(result(row(1_000_000_000_000L)), result(row(1_000_000_000_001L))))
                .isEqualTo("other values");
        assertThat(difference(result(row(Double.POSITIVE_INFINITY)), result(row(Double.POSITIVE_INFINITY))))
                .isEmpty();
        assertThat(difference(result(row(Double.POSITIVE_INFINITY)), result(row(Double.NEGATIVE_INFINITY))))
                .isEqualTo("other values");
    }

    @Test
    void sumsOfLargeNumbersMayDifferInTheLastDigits() {
        double sum = 123_456_789_012.3;
        assertThat(difference(result(row(sum)), result(row(Math.nextUp(sum))))).isEmpty();
    }

    @Test
    void textIsEqualToTheSameTextOnly() {
        assertThat(difference(result(row("Zoë")), result(row("Zoë")))).isEmpty();
        assertThat(difference(result(row("Zoë")), result(row("zoë")))).isEqualTo("other values");
        assertThat(difference(result(row("1")), result(row(1L)))).isEqualTo("other values");
        assertThat(difference(result(row("")), result(row((Object) null)))).isEqualTo("other values");
        assertThat(difference(result(row("a ")), result(row("a")))).isEqualTo("other values");
    }

    @Test
    void nullIsEqualToNullAlone() {
        assertThat(difference(result(row((Object) null)), result(row((Object) null))))
                .isEmpty();
        assertThat(difference(result(row((Object) null)), result(row(0L)))).isEqualTo("other values");
    }

    @Test
    void blobsAreComparedByContent() {
        assertThat(difference(result(row(new byte[] {1, 2})), result(row(new byte[] {1, 2}))))
                .isEmpty();
        assertThat(difference(result(row(new byte[] {1, 2})), result(row(new byte[] {1, 3}))))
                .isEqualTo("other values");
    }

    @RepeatedTest(50)
    void aShuffledResultIsTheSameAndAChangedOneIsNot(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int columns = 1 + random.nextInt(6);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(40); i++) {
            rows.add(random.ints(columns, 0, 3).<Object>mapToObj(Long::valueOf).toList());
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, columns).boxed().toList());
        Collections.shuffle(order, random);
        List<List<Object>> other = new ArrayList<>();
        rows.forEach(
                row -> other.add(new ArrayList<>(order.stream().map(row::get).toList())));
        Collections.shuffle(other, random);
        assertThat(difference(result(rows), result(other))).isEmpty();

        other.get(random.nextInt(other.size())).set(random.nextInt(columns), 7L);
        assertThat(difference(result(rows), result(other))).isEqualTo("other values");
    }

    @Test
    void manyLikeColumnsTakeNoTime() {
        Long[] ones = new Long[200];
        Arrays.fill(ones, 1L);
        Long[] last = ones.clone();
        last[199] = 2L;
        assertThat(difference(result(row((Object[]) ones)), result(row((Object[]) ones))))
                .isEmpty();
        assertThat(difference(result(row((Object[]) ones)), result(row((Object[]) last))))
                .isEqualTo("other values");
    }

    private static String difference(QueryResult gold, QueryResult predicted) {
        return ResultComparison.difference(gold, predicted, false).orElse("");
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    @SafeVarargs
    private static QueryResult result(List<Object>... rows) {
        return result(List.of(rows));
    }

    private static QueryResult result(List<List<Object>> rows) {
        List<String> columns =
                IntStream.range(0, rows.get(0).size()).mapToObj(i -> "c" + i).toList();
        return new QueryResult(columns, rows, false);
    }
}
