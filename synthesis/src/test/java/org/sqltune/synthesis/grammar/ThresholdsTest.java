package org.sqltune.synthesis.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.synthesis.profile.ProfiledValue;

class ThresholdsTest {
    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "42, 42",
        "99, 99",
        "-42, -42",
        "100, 100",
        "1763.64, 1800",
        "1234, 1200",
        "-1234, -1200",
        "24.99, 25",
        "0.123, 0.12",
        "0, 0",
        "999, 1000",
        "5000000000, 5000000000"
    })
    void aNumberIsRoundedToTwoLeadingDigits(double number, String near) {
        assertThat(Thresholds.near(ProfiledValue.ofNumber(number)).text()).isEqualTo(near);
    }

    @Property(tries = 200)
    void aRoundedNumberIsNearTheNumber(@ForAll @DoubleRange(min = -1e6, max = 1e6) double number) {
        double near = Thresholds.near(ProfiledValue.ofNumber(number)).number();

        assertThat(Math.abs(near - number)).isLessThanOrEqualTo(0.06 * Math.abs(number));
    }

    @Test
    void aDayIsTheDayOrTheFirstOfItsMonthOrYear() {
        Choice choice = new Choice(1);
        List<String> days = IntStream.range(0, 100)
                .mapToObj(time -> Thresholds.day(ProfiledValue.ofText("2024-05-17 08:30:00"), choice)
                        .text())
                .distinct()
                .sorted()
                .toList();

        assertThat(days).containsExactly("2024-01-01", "2024-05-01", "2024-05-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Oslo", "New York", "O'Brien", "5", "日本", "a@b.c", "xy"})
    void plainTextsCanBeSaid(String text) {
        assertThat(Thresholds.sayable(ProfiledValue.ofText(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " Oslo",
                "Oslo ",
                "line\nbreak",
                "tab\there",
                "a text that is longer than anybody would say"
            })
    void whatNobodyWouldSayIsNot(String text) {
        assertThat(Thresholds.sayable(ProfiledValue.ofText(text))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTS_WITH", "ENDS_WITH", "CONTAINS"})
    void aPartIsThereWhereTheConditionLooksForIt(ConditionKind kind) {
        Choice choice = new Choice(3);
        for (String text : List.of("Oslo", "New York City", "O'Brien & Sons", "x", "%_", "日本 Tokyo", "a b")) {
            for (int time = 0; time < 40; time++) {
                Optional<ProfiledValue> part = Thresholds.part(ProfiledValue.ofText(text), kind, choice);
                part.map(ProfiledValue::text).ifPresent(found -> {
                    assertThat(found).matches("[\\p{L}\\p{N}]+");
                    switch (kind) {
                        case STARTS_WITH -> assertThat(text).startsWith(found);
                        case ENDS_WITH -> assertThat(text).endsWith(found);
                        default -> assertThat(text).contains(found);
                    }
                });
            }
        }
    }

    @Test
    void choicesAreListedAsPeopleListThem() {
        ProfiledValue a = ProfiledValue.ofText("A");
        ProfiledValue b = ProfiledValue.ofText("B");
        ProfiledValue c = ProfiledValue.ofText("C");

        assertThat(Thresholds.either(List.of())).isEmpty();
        assertThat(Thresholds.either(List.of(a))).isEqualTo("A");
        assertThat(Thresholds.either(List.of(a, b))).isEqualTo("A or B");
        assertThat(Thresholds.either(List.of(a, b, c))).isEqualTo("A, B or C");
    }

    @Test
    void numbersAreOrderedBySizeAndNotByDigits() {
        assertThat(List.of(ProfiledValue.ofNumber(10), ProfiledValue.ofNumber(9)))
                .isSortedAccordingTo(Thresholds.BY_SIZE.reversed());
    }
}
