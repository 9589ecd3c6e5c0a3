package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;

/** The exact ends of what is allowed, and the exact words beyond them. */
class HeaderBoundariesTest {
    @TempDir
    private Path folder;

    @Test
    void theShortestHeaderHasNoTensor() {
        Path file = RawFile.write(folder.resolve("empty.safetensors"), "{}");

        assertThat(SafetensorsHeader.read(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7, it has 7 bytes", "8, its header length reads 0", "0, it is empty"})
    void aFileShorterThanAHeaderSaysWhatItIs(int bytes, String why) throws IOException {
        Path file = Files.write(folder.resolve("short"), new byte[bytes]);

        assertThatThrownBy(() -> SafetensorsHeader.read(file))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage(file + " is not a safetensors file: " + why + ". Download or save it again");
    }

    @ParameterizedTest
    @CsvSource({"100000000, is cut off", "100000001, its header length reads 100000001"})
    void aHeaderOfAHundredMillionBytesIsTheLargest(long length, String told) {
        Path file = RawFile.write(folder.resolve("large"), length, "{}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> SafetensorsHeader.read(file)).hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"shape\":[2],\"data_offsets\":[0,8]     | has no dtype",
                "\"dtype\":\"F32\",\"data_offsets\":[0,8] | has no shape",
                "\"dtype\":\"F32\",\"shape\":[2]          | has no data_offsets"
            })
    void whatATensorLacksIsNamed(String entry, String told) {
        Path file = RawFile.write(folder.resolve("wrong"), "{\"w\":{" + entry + "}}", new byte[8]);

        assertThatThrownBy(() -> SafetensorsHeader.read(file)).hasMessageContaining("tensor w " + told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2\"  | whole numbers from 0, not 2.",
                "2.5    | whole numbers from 0, not 2.5.",
                "-1     | whole numbers from 0, not -1.",
                "[2]    | whole numbers from 0, not a list or an object.",
                "{}     | whole numbers from 0, not a list or an object.",
                "null   | whole numbers from 0, not null.",
                "9223372036854775808 | whole numbers from 0, not 9223372036854775808."
            })
    void aSizeThatIsNoWholeNumberIsShown(String size, String told) {
        String entry = "\"dtype\":\"F32\",\"shape\":[" + size + "],\"data_offsets\":[0,8]";
        Path file = RawFile.write(folder.resolve("wrong"), "{\"w\":{" + entry + "}}", new byte[8]);

        assertThatThrownBy(() -> SafetensorsHeader.read(file)).hasMessageContaining(told);
    }

    @Test
    void aTensorThatBeginsWhereAnotherEndsTouchesIt() {
        Path file = RawFile.write(
                folder.resolve("model"),
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[3,4]}}",
                new byte[4]);

        assertThat(SafetensorsHeader.read(file).keySet()).containsExactly("a", "b");
    }

    @Test
    void aTensorWithoutElementsMayStandAtTheEnd() {
        Path file = RawFile.write(
                folder.resolve("model"),
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                        + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[3,3]}}",
                new byte[3]);

        TensorInfo none = SafetensorsHeader.read(file).get("none");

        assertThat(none.shape()).containsExactly(0, 7);
        assertThat(none.end()).isEqualTo(none.start());
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void sixtyFourAxesAreTheMost(int axes, boolean read) {
        String shape = "1,".repeat(axes - 1) + "1";
        Path file = RawFile.write(
                folder.resolve("model"),
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + shape + "],\"data_offsets\":[0,1]}}",
                new byte[1]);

        if (read) {
            assertThat(SafetensorsHeader.read(file).get("a").shape()).hasSize(axes);
        } else {
            assertThatThrownBy(() -> SafetensorsHeader.read(file)).hasMessageContaining("more than 64 numbers");
        }
    }
}
