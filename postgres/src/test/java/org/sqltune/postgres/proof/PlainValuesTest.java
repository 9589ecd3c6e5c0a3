package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.sql.QueryResult;

class PlainValuesTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(true, 1L),
                Arguments.of(false, 0L),
                Arguments.of(7, 7L),
                Arguments.of((short) 7, 7L),
                Arguments.of(7L, 7L),
                Arguments.of(0.1f, 0.1),
                Arguments.of(2.0, 2.0),
                Arguments.of(new BigDecimal("2.00"), 2L),
                Arguments.of(new BigDecimal("2.50"), 2.5),
                Arguments.of(new BigDecimal("1E+3"), 1000L),
                Arguments.of(new BigDecimal("9223372036854775807"), Long.MAX_VALUE),
                Arguments.of(new BigDecimal("9223372036854775808"), 9.223372036854775808e18),
                Arguments.of(new BigDecimal("-9223372036854775808"), Long.MIN_VALUE),
                Arguments.of(new BigInteger("12"), 12L),
                Arguments.of(new BigInteger("92233720368547758080"), 9.223372036854775808e19),
                Arguments.of("text", "text"),
                Arguments.of(null, null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void numbersAreWhatSqliteWouldReturn(@Nullable Object postgres, @Nullable Object plain) {
        List<@Nullable Object> row = Collections.singletonList(postgres);

        QueryResult result = PlainValues.of(new QueryResult(List.of("c"), List.of(row), false));

        assertThat(result.rows().get(0).get(0)).isEqualTo(plain);
    }

    @Test
    void rowsColumnsAndTheirEndStay() {
        QueryResult result = PlainValues.of(
                new QueryResult(List.of("a", "b"), List.of(Arrays.asList(1, "x"), Arrays.asList(null, true)), true));

        assertThat(result.columns()).containsExactly("a", "b");
        assertThat(result.rows()).containsExactly(List.of(1L, "x"), Arrays.asList(null, 1L));
        assertThat(result.truncated()).isTrue();
    }
}
