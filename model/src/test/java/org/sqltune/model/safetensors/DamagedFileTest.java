package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** What is said about files that are missing, damaged, or don't fit. */
class DamagedFileTest {
    private static final String ONE_TENSOR = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";

    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("model.safetensors");
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), file + "", "Check the model's folder");
    }

    @Test
    void aFileCutOffInItsDataSaysHowManyBytesItLacks() throws IOException {
        Path file = RawFile.write(folder.resolve("cut"), ONE_TENSOR, RawFile.floats(1, 2, 3, 4));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertOneLine(
                () -> SafetensorsReader.ofFile(torch, file),
                "cut is cut off: it should have " + whole.length + " bytes but has " + (whole.length - 1));
    }

    @Test
    void aFileCutOffInItsHeaderIsCalledCutOff() {
        byte[] header = ONE_TENSOR.getBytes(StandardCharsets.UTF_8);
        Path file = RawFile.write(folder.resolve("cut"), header.length, Arrays.copyOf(header, 20));
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "is cut off", "Download or copy it again");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, Long.MAX_VALUE})
    void aHeaderLengthThatCannotBeIsNoSafetensorsFile(long length) {
        Path file = RawFile.write(folder.resolve("wrong"), length, new byte[] {'{', '}'});
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "not a safetensors file", "" + length);
    }

    @Test
    void aFileOfAFewBytesIsNoSafetensorsFile() throws IOException {
        Path file = Files.write(folder.resolve("tiny"), new byte[] {1, 2, 3});
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "not a safetensors file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"w\":", "nothing like JSON", "[1, 2]", "\"text\"", "    ", "{\"w\": 3}", "{} {}"})
    void aHeaderThatIsNoTableOfTensorsIsCalledDamaged(String header) {
        Path file = RawFile.write(folder.resolve("wrong"), header);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "wrong", "damaged header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"shape\":[2,2],\"data_offsets\":[0,12]",
                "\"shape\":[2,3],\"data_offsets\":[0,16]",
                "\"shape\":[2,2],\"data_offsets\":[16,0]",
                "\"shape\":[2,2],\"data_offsets\":[-16,0]",
                "\"shape\":[2,2],\"data_offsets\":[0]",
                "\"shape\":[2,2]",
                "\"shape\":[-2,-2],\"data_offsets\":[0,16]",
                "\"shape\":[2.5,2],\"data_offsets\":[0,16]",
                "\"shape\":[\"2\",2],\"data_offsets\":[0,16]",
                "\"shape\":4,\"data_offsets\":[0,16]",
                "\"shape\":[4294967296,4294967296],\"data_offsets\":[0,16]",
                "\"shape\":[2,2],\"data_offsets\":[9223372036854775792,9223372036854775808]",
            })
    void aTensorWhoseSizeAndPlaceDisagreeIsNamed(String entry) {
        Path file = RawFile.write(
                folder.resolve("wrong"), "{\"some.weight\":{\"dtype\":\"F32\"," + entry + "}}", new byte[16]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "wrong", "some.weight");
    }

    @Test
    void aTensorThatEndsBehindTheLargestNumberIsOutOfTheFile() {
        Path file = RawFile.write(
                folder.resolve("wrong"),
                "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[9223372036854775806,9223372036854775807]}}",
                new byte[16]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F64", "I8", "F8_E4M3", "BOOL", ""})
    void anElementTypeThatIsNotReadIsNamedWithItsTensor(String type) {
        Path file = RawFile.write(
                folder.resolve("wrong"),
                "{\"some.weight\":{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[0,16]}}",
                new byte[16]);
        assertOneLine(
                () -> SafetensorsReader.ofFile(torch, file),
                "some.weight has element type " + type,
                "float32, float16 or bfloat16");
    }

    @Test
    void aTensorThatIsNotThereIsNamed() {
        Path file = RawFile.write(folder.resolve("model"), ONE_TENSOR, new byte[16]);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertThat(reader.info("v")).isNull();
            assertOneLine(() -> reader.read(torch.root(), "v", ElementType.FLOAT32, 2, 2), file + " has no tensor v");
        }
    }

    @Test
    void aTensorOfAnotherShapeIsNamedWithBothShapes() {
        Path file = RawFile.write(folder.resolve("model"), ONE_TENSOR, new byte[16]);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertOneLine(
                    () -> reader.read(torch.root(), "w", ElementType.FLOAT32, 4, 1), "tensor w", "[2, 2]", "[4, 1]");
        }
    }

    private static void assertOneLine(ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }
}
