package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.postgres.schema.ValueKind;

/** What holds of any rows. */
class RowEqualityPropertiesTest {
    private static final RowEquality EQUALITY =
            new RowEquality(List.of(ValueKind.NUMERIC, ValueKind.TEXT, ValueKind.MIXED));

    @Property(tries = 200)
    void rowsEqualThemselvesInAnyOrder(@ForAll("tables") List<List<@Nullable Object>> rows, @ForAll long seed) {
        List<List<@Nullable Object>> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(EQUALITY.bagDifference(result(rows), result(shuffled))).isEmpty();
        assertThat(EQUALITY.sameOrder(result(rows), result(rows))).isTrue();
    }

    @Property(tries = 200)
    void whatIsInOrderIsTheSameBag(
            @ForAll("tables") List<List<@Nullable Object>> some,
            @ForAll("tables") List<List<@Nullable Object>> others) {
        if (EQUALITY.sameOrder(result(some), result(others))) {
            assertThat(EQUALITY.bagDifference(result(some), result(others))).isEmpty();
        }
        assertThat(EQUALITY.bagDifference(result(some), result(others)).isEmpty())
                .isEqualTo(EQUALITY.bagDifference(result(others), result(some)).isEmpty());
    }

    @Property(tries = 200)
    void oneOtherValueIsFound(@ForAll("tables") List<List<@Nullable Object>> rows, @ForAll long seed) {
        if (rows.isEmpty()) {
            return;
        }
        List<List<@Nullable Object>> changed = new ArrayList<>(rows);
        int place = new Random(seed).nextInt(rows.size());
        List<@Nullable Object> row = new ArrayList<>(changed.get(place));
        row.set(1, "a text that no row has");
        changed.set(place, row);

        assertThat(EQUALITY.bagDifference(result(rows), result(changed))).isPresent();
    }

    @Property(tries = 200)
    void aRowTooManyIsFound(@ForAll("tables") List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> more = new ArrayList<>(rows);
        more.add(List.of(1L, "x", "y"));

        assertThat(EQUALITY.bagDifference(result(rows), result(more)))
                .hasValue(more.size() + " rows instead of " + rows.size());
    }

    @Property(tries = 200)
    void aNumberIsItselfInEveryType(@ForAll int number) {
        for (Object same : List.of((long) number, (double) number, BigDecimal.valueOf(number), number)) {
            assertThat(EQUALITY.bagDifference(
                            result(List.of(List.of((long) number, "", ""))), result(List.of(List.of(same, "", "")))))
                    .as(same.getClass().getSimpleName())
                    .isEmpty();
        }
    }

    @Property(tries = 200)
    void aDifferenceAboveTheToleranceCounts(@ForAll("fractions") double number) {
        double near = number + 1e-10;
        double far = number + 1e-6 * Math.max(1, Math.abs(number));

        assertThat(differ(number, near)).isFalse();
        assertThat(differ(number, far)).isTrue();
    }

    private static boolean differ(double left, double right) {
        return EQUALITY.bagDifference(result(List.of(List.of(left, "", ""))), result(List.of(List.of(right, "", ""))))
                .isPresent();
    }

    @Provide
    Arbitrary<Double> fractions() {
        return Arbitraries.doubles().between(-1000, 1000).ofScale(3);
    }

    @Provide
    Arbitrary<List<List<@Nullable Object>>> tables() {
        Arbitrary<@Nullable Object> numbers = Arbitraries.oneOf(
                Arbitraries.longs().between(-3, 3).map(n -> (Object) n),
                Arbitraries.doubles().between(-2, 2).ofScale(1).map(n -> (Object) n),
                Arbitraries.just(null));
        Arbitrary<@Nullable Object> texts =
                Arbitraries.of("a", "b", "B", "", "1").map(t -> (Object) t);
        Arbitrary<@Nullable Object> mixed =
                Arbitraries.of("a", "1", "1.0", "02", " 3").map(t -> (Object) t);
        Arbitrary<List<@Nullable Object>> row = Combinators.combine(numbers, texts, mixed)
                .as((n, t, m) -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    values.add(n);
                    values.add(t);
                    values.add(m);
                    return values;
                });
        return row.list().ofMaxSize(6);
    }

    private static QueryResult result(List<List<@Nullable Object>> rows) {
        return new QueryResult(List.of("n", "t", "m"), rows, false);
    }
}
