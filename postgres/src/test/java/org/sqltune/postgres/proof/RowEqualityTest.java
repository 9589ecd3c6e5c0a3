package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.postgres.schema.ValueKind;

class RowEqualityTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(5L, 5, true),
                Arguments.of(5L, new BigDecimal("5.00"), true),
                Arguments.of(0.1 + 0.2, new BigDecimal("0.3"), true),
                Arguments.of(2.0, 2L, true),
                Arguments.of(1L, true, true),
                Arguments.of(null, null, true),
                Arguments.of("a", "a", true),
                Arguments.of(10_000_000_001L, 10_000_000_002L, false),
                Arguments.of(0.3, 0.30001, false),
                Arguments.of("a", "A", false),
                Arguments.of(5L, "5", false),
                Arguments.of(null, 0L, false),
                Arguments.of(1L, false, false));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesAreComparedByWhatTheyStandFor(@Nullable Object sqlite, @Nullable Object postgres, boolean equal) {
        RowEquality equality = new RowEquality(List.of(ValueKind.INTEGER));
        assertThat(equality.bagDifference(rows(row(sqlite)), rows(row(postgres)))
                        .isEmpty())
                .isEqualTo(equal);
    }

    @Test
    void numbersInTextAreNumbersOnlyWhereBothAreMixed() {
        QueryResult sqlite = rows(row(5L), row("x"));
        QueryResult postgres = rows(row("x"), row("5"));
        assertThat(new RowEquality(List.of(ValueKind.MIXED)).bagDifference(sqlite, postgres))
                .isEmpty();
        assertThat(new RowEquality(List.of(ValueKind.TEXT)).bagDifference(sqlite, postgres))
                .isPresent();
    }

    @Test
    void rowsAreABagUnlessOrderCounts() {
        RowEquality equality = new RowEquality(List.of(ValueKind.TEXT, ValueKind.REAL));
        QueryResult some = rows(row("a", 1.0), row("b", 2.0), row("b", 2.0));
        QueryResult others = rows(row("b", 2.0), row("a", 1.0), row("b", 2.0));
        assertThat(equality.bagDifference(some, others)).isEmpty();
        assertThat(equality.sameOrder(some, others)).isFalse();
        assertThat(equality.bagDifference(some, rows(row("a", 1.0), row("a", 1.0), row("b", 2.0))))
                .isPresent();
        assertThat(equality.bagDifference(some, rows(row("a", 1.0)))).hasValue("1 rows instead of 3");
    }

    @Test
    void roundingDoesntSortRowsApart() {
        RowEquality equality = new RowEquality(List.of(ValueKind.REAL, ValueKind.INTEGER));
        QueryResult sqlite = rows(row(1.0000000000001, 1L), row(1.0, 2L));
        QueryResult postgres = rows(row(1.0, 1L), row(1.0000000000001, 2L));
        assertThat(equality.bagDifference(sqlite, postgres)).isEmpty();
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @SafeVarargs
    private static QueryResult rows(List<@Nullable Object>... rows) {
        List<String> columns = rows[0].stream().map(value -> "c").toList();
        return new QueryResult(columns, List.of(rows), false);
    }
}
