package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;

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
}
