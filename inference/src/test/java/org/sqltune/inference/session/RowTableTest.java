package org.sqltune.inference.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.QueryResult;

class RowTableTest {
    @Test
    void cellsStandBelowTheirHeadersAndNumbersAtTheRight() {
        QueryResult result = result(List.of("name", "n", "share"), row("Ada", 12L, 0.5), row("B", 3L, 10.25));

        assertThat(new RowTable().format(result)).isEqualTo("""
                name |  n | share
                -----+----+------
                Ada  | 12 |   0.5
                B    |  3 | 10.25""");
    }

    @Test
    void missingValuesAreShownAndDontMakeNumbersText() {
        QueryResult result = result(List.of("city", "n"), row(null, 3L), row("Rome", null));

        assertThat(new RowTable().format(result)).isEqualTo("""
                city |    n
                -----+-----
                NULL |    3
                Rome | NULL""");
    }

    @Test
    void aLongCellIsShortenedToTheWidthAllowed() {
        QueryResult result = result(List.of("text"), row("abcdefghij"), row("abcdef"));

        assertThat(new RowTable(9, 6).format(result)).isEqualTo("text\n------\nabcde…\nabcdef");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        QueryResult result = result(List.of("city", "n"), row("上海", 1L), row("Rome", 2L), row("上海上海", 3L));

        assertThat(new RowTable(9, 6).format(result)).isEqualTo("""
                city  | n
                ------+--
                上海  | 1
                Rome  | 2
                上海… | 3""");
    }

    @Test
    void anEmojiIsNeverCutInHalf() {
        QueryResult result = result(List.of("t"), row("a😀😀😀😀"));

        assertThat(new RowTable(9, 5).format(result)).endsWith("\na😀…");
    }

    @Test
    void rowsBeyondTheLimitAreCounted() {
        QueryResult result = new QueryResult(List.of("x"), numbers(53), false);

        assertThat(new RowTable().format(result).lines())
                .hasSize(2 + 50 + 1)
                .last()
                .isEqualTo("… 3 rows more");
    }

    @Test
    void whereTheQueryWasCutOffTheCountIsALowerBound() {
        QueryResult result = new QueryResult(List.of("x"), numbers(51), true);

        assertThat(new RowTable().format(result)).endsWith("\n… at least 1 row more");
        assertThat(RowTable.count(result)).isEqualTo("more than 51 rows");
    }

    @Test
    void aResultWithoutRowsHasItsHeader() {
        QueryResult result = result(List.of("a", "b"));

        assertThat(new RowTable().format(result)).isEqualTo("a | b\n--+--");
        assertThat(RowTable.count(result)).isEqualTo("0 rows");
    }

    @Test
    void charactersThatSteerTerminalsAreEscaped() {
        QueryResult result = result(List.of("a\u001b]0;x\u0007"), row("one\ntwo\t\u001b[2J\u009b\u202e\u2028"));

        String table = new RowTable().format(result);

        assertThat(table.lines()).hasSize(3);
        assertThat(table).contains("a\\u001b]0;x\\u0007").contains("one\\ntwo\\t\\u001b[2J\\u009b\\u202e\\u2028");
        assertThat(table.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
    }

    @Test
    void bytesAreShownInHexAndManyOfThemWithTheirNumber() {
        QueryResult result =
                result(List.of("b"), row((Object) new byte[] {(byte) 0xca, 0x0f}), row((Object) new byte[999]));

        assertThat(new RowTable(9, 60).format(result)).contains("x'ca0f'").contains("…' (999 bytes)");
    }

    @Test
    void decimalsHaveNoExponentWhereTheyCanBeRead() {
        QueryResult result = result(List.of("d"), row(12345678.25), row(0.0001), row(1e300), row(-2e8), row(0.0));

        assertThat(new RowTable().format(result).lines().skip(2).map(String::strip))
                .containsExactly("12345678.25", "0.0001", "1.0E300", "-200000000.0", "0.0");
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @SafeVarargs
    private static QueryResult result(List<String> columns, List<@Nullable Object>... rows) {
        return new QueryResult(columns, List.of(rows), false);
    }

    private static List<List<@Nullable Object>> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> row((long) i)).toList();
    }
}
