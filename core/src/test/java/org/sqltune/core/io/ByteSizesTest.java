package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizesTest {
    @ParameterizedTest
    @CsvSource({
        "5GB, 5000000000",
        "500mb, 500000000",
        "2GiB, 2147483648",
        "1 KB, 1000",
        "999999999GB, 999999999000000000"
    })
    void sizesAreReadAsTransformersWritesThem(String text, long bytes) {
        assertThat(ByteSizes.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "GB", "0GB", "-1GB", "999999999TB", "1.5GB"})
    void whatIsNoSizeIsRefused(String text) {
        assertThat(ByteSizes.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"519, 519 bytes", "999, 999 bytes", "1000, 1.0 kB", "2200000000, 2.2 GB", "999950, 1.0 MB"})
    void sizesAreWrittenByPowersOfAThousand(long bytes, String words) {
        assertThat(ByteSizes.inWords(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1049, 1.0 kB",
        "1050, 1.1 kB",
        "999949, 999.9 kB",
        "999949999, 999.9 MB",
        "999950000, 1.0 GB",
        "999950000000, 1.0 TB",
        "5000000000000000, 5000.0 TB",
        "9223372036854775807, 9223372.0 TB"
    })
    void aUnitEndsWhereItsNumberWouldHaveFourDigits(long bytes, String words) {
        assertThat(ByteSizes.inWords(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372TB, 9223372000000000000",
        "9223373TB, ",
        "8388607TiB, 9223370937343148032",
        "8388608TiB, ",
        "1kib, 1024",
        "1 MiB, 1048576",
        "' 7 GB ', 7000000000"
    })
    void sizesGoAsFarAsALong(String text, Long bytes) {
        assertThat(ByteSizes.parse(text)).isEqualTo(bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    @Property(tries = 300)
    void whatIsWrittenHasTheRightUnit(@ForAll @LongRange(min = 1000, max = 999_949_999_999_999L) long bytes) {
        String words = ByteSizes.inWords(bytes);
        assertThat(words).matches("[1-9]\\d{0,2}\\.\\d [kMGT]B");
        String whole = words.replaceFirst("\\.\\d", "");
        assertThat((double) ByteSizes.parse(whole).orElseThrow())
                .isCloseTo((double) bytes, Percentage.withPercentage(51));
    }
}
