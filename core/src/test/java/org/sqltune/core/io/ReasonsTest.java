package org.sqltune.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void whatTheFileSystemThrowsIsSaidInWords(@TempDir Path folder) {
        IOException missing =
                catchThrowableOfType(IOException.class, () -> Files.readString(folder.resolve("missing")));
        IOException directory = catchThrowableOfType(IOException.class, () -> Files.readString(folder));

        assertThat(Reasons.of(missing)).isEqualTo("there is no such file");
        assertThat(Reasons.of(directory)).isEqualTo("is a directory");
        assertThat(Reasons.of(new UncheckedIOException(new AccessDeniedException("a")))).isEqualTo("permission denied");
        assertThat(Reasons.of(new FileSystemException("a", null, "No space left on device")))
                .isEqualTo("no space left on device");
        assertThat(Reasons.of(new MalformedInputException(1))).isEqualTo("it isn't UTF-8 text");
        assertThat(Reasons.of(new IllegalStateException("java.util.Deque is empty"))).isEqualTo("it is damaged");
        assertThat(Reasons.of(new IOException("java.lang.NullPointerException: x"))).isEqualTo("it is damaged");
        assertThat(Reasons.of(new OutOfMemoryError("Java heap space"))).startsWith("it needs more memory than Java has");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\": 1 | it breaks off",
                "{\"a\": \"b | it breaks off",
                "{\"a\" 1} | a colon is missing behind a key",
                "{\"a\": 1 \"b\": 2} | a comma or a closing bracket is missing",
                "{a: 1} | a key must stand in double quotes",
                "{\"a\": hello} | hello is no JSON value; texts stand in double quotes",
                "{\"a\": 'b'} | a value is missing",
                "{\"a\": 1}} | a bracket closes that none opened",
                "{\"a\": 1} {} | something follows its end",
                "{\"a\": 1, \"a\": 2} | the key a stands twice",
                "{\"a\": \"\\x\"} | a backslash stands before a character that needs none",
                "{\"a\": 01} | a number begins with 0",
                "{\"a\": -} | a number isn't written as JSON writes numbers",
                "{\"a\": \"b\tc\"} | a text has a line break or control character that isn't escaped",
                "] | a bracket closes that none opened",
            })
    void theParsersWordsAreReplaced(String json, String reason) {
        JsonProcessingException fault =
                catchThrowableOfType(JsonProcessingException.class, () -> MAPPER.readTree(json));

        assertThat(JsonFaults.reason(fault)).startsWith(reason).doesNotContain("Source").doesNotContain("FAIL_");
        assertThat(Reasons.of(fault)).startsWith("not valid JSON: ");
    }

    @Test
    void limitsAreNamedWithTheirNumber() {
        JsonProcessingException deep =
                catchThrowableOfType(JsonProcessingException.class, () -> MAPPER.readTree("[".repeat(2_000)));
        JsonProcessingException longNumber =
                catchThrowableOfType(JsonProcessingException.class, () -> MAPPER.readTree("1".repeat(2_000)));

        assertThat(JsonFaults.reason(deep)).startsWith("it is nested deeper than 1000 levels");
        assertThat(JsonFaults.reason(longNumber)).startsWith("a number has more than 1000 characters");
    }
}
