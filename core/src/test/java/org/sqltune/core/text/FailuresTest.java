package org.sqltune.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1|the JSON ends too early (line 1, column 8)",
                "{\"a\": \"b|the JSON ends too early (line 1, column 9)",
                "{\"a\": NaN}|'NaN' is no number in JSON (line 1, column 10)",
                "{\"a\": tru}|'tru' is no JSON (line 1, column 7)",
                "{a: 1}|'a' doesn't belong there in JSON (line 1, column 2)",
                "{\"a\": 1,}|'}' doesn't belong there in JSON (line 1, column 9)",
                "{} {}|something follows the JSON value (line 1, column 4)",
                "{\"a\": 1, \"a\": 2}|the key 'a' comes twice (line 1, column 13)",
            })
    void whatIsWrongWithJsonIsSaidWithItsPlace(String json, String reason) {
        assertThat(jsonReason(json)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\\u0000b\"", "\"\t\"", "{\"a\": .5}", "[1e]", "{\"a\":'b'}", "\"\\x\"", "01", "+1", "//"})
    void noParserSpeaks(String json) {
        assertThat(jsonReason(json)).doesNotContainPattern("(?i:jackson|token|stream|source|code \\d)|[A-Z]{5}");
    }

    @Test
    void depthIsSaidInLevels() {
        assertThat(jsonReason("[".repeat(2000))).startsWith("the JSON is nested deeper than 1,000 levels");
    }

    @Test
    void bytesThatAreNoTextAreCalledSo() {
        assertThat(jsonReason(new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'})).startsWith("it is not UTF-8 text");
    }

    @Test
    void theSystemsReasonsAreSaidWithoutClasses() {
        assertThat(Failures.reason(new NoSuchFileException("/x"))).isEqualTo("there is no such file");
        assertThat(Failures.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(Failures.reason(new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(Failures.reason(new EOFException())).isEqualTo("it ends too early");
        assertThat(Failures.reason(new UncheckedIOException(new NoSuchFileException("/x"))))
                .isEqualTo("there is no such file");
        assertThat(Failures.reason(new IOException("java.lang.IllegalStateException: broken\nsecond line")))
                .isEqualTo("broken");
    }

    @Test
    void aBugIsCalledAnInternalError() {
        assertThat(Failures.reason(new NullPointerException())).isEqualTo("internal error");
        assertThat(Failures.reason(new IllegalStateException("x"))).isEqualTo("internal error: x");
    }

    @Test
    void memoryOutsideOfJavaIsToldFromOtherFailures() {
        RuntimeException torch = new IllegalStateException("[enforce fail at alloc_cpu.cpp:115] err == 0."
                + " DefaultCPUAllocator: can't allocate memory: you tried to allocate 8589934592 bytes. Error code 12");
        assertThat(Failures.nativeMemory(new RuntimeException(torch))).hasValue("8589 MB more were not to be had");
        assertThat(Failures.nativeMemory(new RuntimeException("CUDA out of memory")))
                .hasValue("no more was to be had");
        assertThat(Failures.nativeMemory(new RuntimeException((String) null))).isEmpty();
    }

    private static String jsonReason(String json) {
        return jsonReason(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String jsonReason(byte... json) {
        JsonMapper strict = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            return "read: " + Objects.toString(strict.readTree(json));
        } catch (JsonProcessingException e) {
            return Failures.reason(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
