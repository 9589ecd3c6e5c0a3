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
import org.junit.jupiter.params.provider.CsvSource;
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
                "\"data_offsets\":[0,4]",
                "\"shape\":{},\"data_offsets\":[0,4]",
                "\"shape\":[0,4294967296,4294967296],\"data_offsets\":[0,0]",
                "\"shape\":[-0],\"data_offsets\":[0,0]",
                "\"shape\":[[2,2]],\"data_offsets\":[0,16]",
                "\"shape\":[1e1],\"data_offsets\":[0,40]",
                "\"shape\":[2,2],\"data_offsets\":[0,16,16]",
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
    @ValueSource(strings = {"", "f32", "F33", "I128"})
    void anElementTypeThatTheFormatDoesNotKnowIsNamedWithItsTensor(String type) {
        Path file = RawFile.write(folder.resolve("wrong"), entry(type, "[2]", "[0,8]"), new byte[8]);
        assertOneLine(
                () -> SafetensorsReader.ofFile(torch, file),
                "some.weight has element type " + type + ", which is not known",
                "float32, float16 or bfloat16");
    }

    @ParameterizedTest
    @CsvSource({"F64,16", "I8,2", "F8_E4M3,2", "BOOL,2", "F4,1", "C64,16"})
    void anElementTypeThatNothingComputesWithIsRefusedOnlyWhereItIsRead(String type, int bytes) {
        Path file = RawFile.write(folder.resolve("model"), entry(type, "[2]", "[0," + bytes + "]"), new byte[bytes]);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertThat(reader.names()).containsExactly("some.weight");
            assertOneLine(
                    () -> reader.read(torch.root(), "some.weight", ElementType.FLOAT32, 2),
                    file + ": tensor some.weight has element type " + type + ", which is not supported",
                    "float32, float16 or bfloat16");
        }
    }

    @Test
    void aTensorMayNotEndWithinAByte() {
        Path file = RawFile.write(folder.resolve("wrong"), entry("F4", "[3]", "[0,2]"), new byte[2]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "some.weight", "[3]", "F4", "[0, 2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0,8] | [4,12] | 12 | tensor second begins at 4, before the end of first at 8: tensors must not overlap",
                "[0,8] | [0,8] | 8 | tensor second begins at 0, before the end of first at 8: tensors must not overlap",
                "[0,8] | [12,20] | 20 | tensor second begins at 12, not at the end of first at 8",
                "[4,12] | [12,20] | 20 | tensor first begins at 4, not at the data's beginning at 0",
                "[0,8] | [8,16] | 19 | has 3 bytes behind its last tensor",
            })
    void tensorsThatOverlapOrLeaveHolesAreNamed(String first, String second, int size, String told) {
        Path file = RawFile.write(folder.resolve("wrong"), two("first", first, "second", second), new byte[size]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), file.toString(), told);
    }

    @Test
    void tensorsMayLieInAnotherOrderThanTheHeaders() {
        Path file =
                RawFile.write(folder.resolve("model"), two("a", "[8,16]", "b", "[0,8]"), RawFile.floats(1, 2, 3, 4));
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            assertThat(reader.read(torch.root(), "a", ElementType.FLOAT32, 2).toFloats())
                    .containsExactly(3, 4);
        }
    }

    @Test
    void aNameThatComesTwiceIsNamed() {
        Path file = RawFile.write(folder.resolve("wrong"), two("same", "[0,8]", "same", "[8,16]"), new byte[16]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "damaged header", "same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"text\"", "[]", "{\"format\": 1}", "{\"format\": {}}"})
    void metadataMustBeTexts(String metadata) {
        Path file = RawFile.write(folder.resolve("wrong"), "{\"__metadata__\":" + metadata + "}");
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "damaged header", "__metadata__");
    }

    @Test
    void aHeaderThatIsNotUtf8IsDamaged() {
        byte[] header = ONE_TENSOR.getBytes(StandardCharsets.UTF_8);
        header[2] = (byte) 0xff;
        Path file = RawFile.write(folder.resolve("wrong"), header.length, header, new byte[16]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "damaged header", "not UTF-8");
        byte[] utf16 = ONE_TENSOR.getBytes(StandardCharsets.UTF_16LE);
        Path other = RawFile.write(folder.resolve("wrong"), utf16.length, utf16, new byte[16]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, other), "damaged header");
    }

    @Test
    void whatANameHoldsDoesNotBreakTheLine() {
        Path file = RawFile.write(
                folder.resolve("wrong"),
                "{\"a\\nb\\u001b[31m\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}",
                new byte[12]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, file), "tensor a\\nb\\u001b[31m of shape [2]");
    }

    @Test
    void anEmptyFileAndAFolderAreCalledWhatTheyAre() throws IOException {
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        assertOneLine(() -> SafetensorsReader.ofFile(torch, empty), "not a safetensors file: it is empty");
        Path directory = Files.createDirectory(folder.resolve("model.safetensors"));
        assertOneLine(() -> SafetensorsReader.ofModelFolder(torch, folder), directory + " is no file but a folder");
    }

    @Test
    void aFileCutShortBehindTheReadersBackIsNotMapped() throws IOException {
        Path file = RawFile.write(folder.resolve("model"), ONE_TENSOR, new byte[16]);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 70));
            assertOneLine(() -> reader.read(torch.root(), "w", ElementType.FLOAT32, 2, 2), "model is cut off");
        }
    }

    private static String entry(String type, String shape, String place) {
        return "{\"some.weight\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + place + "}}";
    }

    private static String two(String first, String firstPlace, String second, String secondPlace) {
        return ("{'" + first + "':{'dtype':'F32','shape':[2],'data_offsets':" + firstPlace + "},'" + second
                        + "':{'dtype':'F32','shape':[2],'data_offsets':" + secondPlace + "}}")
                .replace('\'', '"');
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
