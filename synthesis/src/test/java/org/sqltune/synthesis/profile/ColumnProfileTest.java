package org.sqltune.synthesis.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.schema.Column;

/** What a column is taken for. */
class ColumnProfileTest {
    @ParameterizedTest
    @CsvSource({
        "id, false, KEY", "customer_id, false, KEY", "customerId, false, KEY", "Customer ID, false, KEY",
                "uuid, false, KEY",
        "total, false, NUMBER", "total, true, KEY", "width, false, NUMBER", "grid, false, NUMBER", "paid, false, NUMBER"
    })
    void aNumberIsAKeyByItsNameOrItsReference(String name, boolean refers, ColumnRole role) {
        assertThat(profile(name, refers, 1L, 2L, 3L).role()).isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource({
        "name, NAME",
        "first_name, NAME",
        "Title, NAME",
        "named, CATEGORY",
        "subtitle, CATEGORY",
        "city, CATEGORY",
        "country_key, KEY"
    })
    void aTextIsANameOrAKeyByItsName(String name, ColumnRole role) {
        assertThat(profile(name, false, "a", "b", "a", "b").role()).isEqualTo(role);
    }

    @Test
    void textThatRepeatsIsACategory() {
        assertThat(profile("city", false, "a", "a", "b").role()).isEqualTo(ColumnRole.CATEGORY);
        assertThat(profile("city", false, "a", "b", "c").role()).isEqualTo(ColumnRole.TEXT);
        Object[] many =
                IntStream.range(0, 200).mapToObj(i -> (Object) ("v" + i % 61)).toArray();
        assertThat(profile("city", false, many).role())
                .as("too many to choose from")
                .isEqualTo(ColumnRole.TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-31, DATE",
        "2024-01-31 10:00:00, DATE",
        "2024-01-31T10:00, DATE",
        "2024-1-31, CATEGORY",
        "31.01.2024, CATEGORY",
        "2024, CATEGORY"
    })
    void datesAreKnownByTheirForm(String value, ColumnRole role) {
        assertThat(profile("day", false, value, value).role()).isEqualTo(role);
    }

    @Test
    void aPrimaryKeyOfLettersIsTheNameWhereThereIsNoOther() {
        Column code = new Column("code", "text", true);

        assertThat(ColumnProfiler.profile(code, false, false, List.of("NOK", "SEK"))
                        .role())
                .isEqualTo(ColumnRole.NAME);
        assertThat(ColumnProfiler.profile(code, false, true, List.of("NOK", "SEK"))
                        .role())
                .isEqualTo(ColumnRole.KEY);
    }

    @Test
    void whatCannotBeComparedIsOther() {
        assertThat(profile("a", false, 1L, "x").role()).isEqualTo(ColumnRole.OTHER);
        assertThat(profile("a", false, (Object) new byte[] {1}).role()).isEqualTo(ColumnRole.OTHER);
        assertThat(profile("a", false, null, null).role()).isEqualTo(ColumnRole.OTHER);
        assertThat(profile("a", false).role()).isEqualTo(ColumnRole.OTHER);
    }

    @Test
    void valuesComeOnceAndInTheirOrder() {
        assertThat(profile("n", false, 10L, 9L, 10.0, -1L, null).values())
                .extracting(ProfiledValue::text)
                .containsExactly("-1", "9", "10");
        assertThat(profile("t", false, "b", "a", "b", null).values())
                .extracting(ProfiledValue::text)
                .containsExactly("a", "b");
        assertThat(profile("n", false, Double.POSITIVE_INFINITY, 1.5).values())
                .extracting(ProfiledValue::text)
                .containsExactly("1.5");
    }

    @Test
    void filledAndMissingAreCounted() {
        ColumnProfile column = profile("t", false, "a", null, "b", null, "b");

        assertThat(column.filled()).isEqualTo(3);
        assertThat(column.missing()).isEqualTo(2);
        assertThat(column.unique()).isFalse();
        assertThat(profile("t", false, "a", "b").unique()).isTrue();
    }

    @Test
    void fewWholeNumbersOrCategoriesGroup() {
        assertThat(profile("stars", false, 1L, 2L, 1L, 2L).groupable()).isTrue();
        assertThat(profile("stars", false, 1.5, 2.0, 1.5, 2.0).groupable())
                .as("fractions")
                .isFalse();
        assertThat(profile("stars", false, 1L, 1L).groupable()).as("one value").isFalse();
        assertThat(profile("stars", false, 1L, 2L, 3L, 1L).groupable())
                .as("hardly any twice")
                .isFalse();
        Object[] many =
                IntStream.range(0, 200).mapToObj(i -> (Object) (long) (i % 41)).toArray();
        assertThat(profile("stars", false, many).groupable()).as("too many").isFalse();
        assertThat(profile("day", false, "2024-01-01", "2024-01-02", "2024-01-01", "2024-01-02")
                        .groupable())
                .isFalse();
    }

    @Test
    void numbersAndDatesOrderRows() {
        assertThat(profile("price", false, 1L, 2L).ordered()).isTrue();
        assertThat(profile("day", false, "2024-01-01", "2024-01-02").ordered()).isTrue();
        assertThat(profile("price", false, 1L, 1L).ordered()).isFalse();
        assertThat(profile("city", false, "a", "b").ordered()).isFalse();
        assertThat(profile("id", false, 1L, 2L).ordered()).isFalse();
    }

    @Test
    void aRowIsCalledByItsNameElseItsKeyElseItsFirstColumn() {
        ColumnProfile id = profile("id", false, 1L, 2L);
        ColumnProfile name = profile("name", false, "a", "b");
        ColumnProfile price = profile("price", false, 3L, 4L);
        ColumnProfile reference = profile("other_id", false, 1L, 1L);

        assertThat(new TableProfile("t", List.of(id, price, name), 2).label()).isEqualTo(name);
        assertThat(new TableProfile("t", List.of(price, id), 2).label()).isEqualTo(id);
        assertThat(new TableProfile("t", List.of(price, reference), 2).label())
                .as("no row's own key")
                .isEqualTo(price);
    }

    @Test
    void namesAreQuotedOnlyWhereSqlNeedsIt() {
        assertThat(profile("unit_price", false, 1L).sql()).isEqualTo("unit_price");
        assertThat(profile("Unit Price", false, 1L).sql()).isEqualTo("\"Unit Price\"");
        assertThat(new TableProfile("order", List.of(), 0).sql()).isEqualTo("\"order\"");
        assertThat(new TableProfile("orders", List.of(), 0).sql()).isEqualTo("orders");
    }

    @Property(tries = 200)
    void aNumberIsWrittenSoThatItReadsTheSame(@ForAll double number) {
        if (Double.isFinite(number) && number != 0) {
            assertThat(ProfiledValue.ofNumber(number).number()).isEqualTo(number);
        }
    }

    @Property(tries = 200)
    void anyTextIsOneLiteral(@ForAll String text) {
        String literal = ProfiledValue.ofText(text).literal();

        assertThat(literal.substring(1, literal.length() - 1).replace("''", "'"))
                .isEqualTo(text);
        assertThat(literal.substring(1, literal.length() - 1).replace("''", "")).doesNotContain("'");
    }

    private static ColumnProfile profile(String name, boolean refers, @Nullable Object... seen) {
        return ColumnProfiler.profile(new Column(name, "", false), refers, false, Arrays.asList(seen));
    }
}
