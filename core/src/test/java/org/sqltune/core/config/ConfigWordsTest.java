package org.sqltune.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ConfigWords} and {@link Range}: which texts are values, to the last number. */
class ConfigWordsTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "Yes, true",
        "ON, true",
        "false, false",
        "no, false",
        "Off, false",
        "1, ",
        "y, ",
        "'', ",
        "truely, "
    })
    void aFlagIsOneOfSixWords(String text, Boolean flag) {
        assertThat(ConfigWords.flag(text)).isEqualTo(flag);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "+7, 7",
        "-7, -7",
        "007, 7",
        "2147483647, 2147483647",
        "2147483648, ",
        "-2147483648, -2147483648",
        "-2147483649, ",
        "1.0, ",
        "1e3, ",
        "1_000, ",
        "0x10, ",
        "'', ",
        "' 7', ",
        "٧, ",
        "--7, "
    })
    void anIntegerIsDigitsThatFit(String text, Integer value) {
        assertThat(ConfigWords.integer(text, Range.ANY)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "999999999999999999, 999999999999999999",
        "-999999999999999999, -999999999999999999",
        "1000000000000000000, "
    })
    void aWholeNumberHasEighteenDigits(String text, Long value) {
        assertThat(ConfigWords.wholeNumber(text, Range.ANY)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "2e-4, 0.0002",
        "2E+4, 20000",
        "1., 1",
        ".5, 0.5",
        "-.5, -0.5",
        "+1.5, 1.5",
        "1e308, 1e308",
        "1e309, ",
        "., ",
        "e5, ",
        "1e, ",
        "1e1.5, ",
        "NaN, ",
        "Infinity, ",
        "0x1p3, ",
        "1f, ",
        "1d, ",
        "'1,5', ",
        "'', "
    })
    void aNumberIsADecimalFraction(String text, Double value) {
        assertThat(ConfigWords.number(text, Range.ANY)).isEqualTo(value);
    }

    @Property(tries = 300)
    void everyFiniteNumberIsReadAsJavaWritesIt(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        assertThat(ConfigWords.number(Double.toString(value), Range.ANY))
                .isEqualTo(Double.isFinite(value) ? value : null);
    }

    @ParameterizedTest
    @CsvSource({
        "of at least 3, 3, 2.999",
        "above 3, 3.001, 3",
        "from 0 to below 1, 0, -0.001",
        "from 0 to below 1, 0.999, 1",
        "above 0 and at most 1, 1, 1.001",
        "above 0 and at most 1, 0.001, 0"
    })
    void aRangeHoldsWhatItsWordsSay(String words, double inside, double outside) {
        Range range = Range.ANY;
        for (Range each : new Range[] {Range.atLeast(3), Range.above(3), Range.share(), Range.positiveProbability()}) {
            range = each.wording().equals(words) ? each : range;
        }
        assertThat(range.describe("a number")).isEqualTo("a number " + words);
        assertThat(ConfigWords.number(String.valueOf(inside), range)).isEqualTo(inside);
        assertThat(ConfigWords.number(String.valueOf(outside), range)).isNull();
    }

    @Test
    void anyNumberNeedsNoWording() {
        assertThat(Range.ANY.describe("a whole number")).isEqualTo("a whole number");
    }

    @Test
    void aRangeHoldsForWholeNumbersToo() {
        assertThat(ConfigWords.integer("1", Range.atLeast(1))).isEqualTo(1);
        assertThat(ConfigWords.integer("0", Range.atLeast(1))).isNull();
        assertThat(ConfigWords.wholeNumber("1", Range.above(1))).isNull();
        assertThat(ConfigWords.wholeNumber("2", Range.above(1))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "RED", "Red"})
    void aConstantIsItsNameInAnyCase(String text) {
        assertThat(ConfigWords.constant(text, Colour.values())).isEqualTo(Colour.RED);
    }

    @Test
    void whatIsNoConstantOrPathIsNull() {
        assertThat(ConfigWords.constant("dark-blue", Colour.values())).isNull();
        assertThat(ConfigWords.constant("", Colour.values())).isNull();
        assertThat(ConfigWords.names(Colour.values())).isEqualTo("red, dark_blue");
        assertThat(ConfigWords.path("a b/c")).isEqualTo(Path.of("a b", "c"));
        assertThat(ConfigWords.path("")).isNull();
        assertThat(ConfigWords.path("a\0b")).isNull();
    }
}
