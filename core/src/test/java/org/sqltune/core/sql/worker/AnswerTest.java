package org.sqltune.core.sql.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.ResultCollector;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/** What {@link AnswerWriter} writes is read by {@link AnswerReader}; anything else is refused, never believed. */
class AnswerTest {
    private static final int MAX_VALUE_BYTES = 5;
    private static final QueryLimits LIMITS =
            new QueryLimits(QueryLimits.DEFAULTS.timeout(), 10, 1000, MAX_VALUE_BYTES, 1000);

    /** Writes bytes. */
    private interface Script {
        void write(DataOutputStream out) throws IOException;
    }

    @Test
    void everyTypeOfValueArrivesAsItWas() throws IOException {
        QueryResult result = read(out -> {
            AnswerWriter writer = new AnswerWriter(out);
            writer.columns(List.of("a", "a", "é", "", "x"));
            for (Object value : Arrays.asList(null, Long.MIN_VALUE, -0.0, "猫", new byte[] {0, -1})) {
                writer.value(value);
            }
            writer.end(false);
        });
        assertThat(result.columns()).containsExactly("a", "a", "é", "", "x");
        assertThat(result.truncated()).isFalse();
        assertThat(result.rows()).hasSize(1);
        assertThat(result.rows().get(0)).containsExactly(null, Long.MIN_VALUE, -0.0, "猫", new byte[] {0, -1});
    }

    @Test
    void aTruncatedAnswerKeepsItsWholeRowsOnly() throws IOException {
        QueryResult result = read(out -> {
            AnswerWriter writer = new AnswerWriter(out);
            writer.columns(List.of("a", "b"));
            for (long value = 1; value <= 3; value++) {
                writer.value(value);
            }
            writer.end(true);
        });
        assertThat(result.rows()).containsExactly(List.of(1L, 2L));
        assertThat(result.truncated()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureKeepsItsKindAndItsWords(Kind kind) {
        assertThatThrownBy(() -> read(
                        out -> new AnswerWriter(out).failure(new SqlExecutionException(kind, "near \"é\": no such"))))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage("near \"é\": no such");
    }

    @Test
    void aValueMayBeTwiceTheLimitAndNotAByteMore() throws IOException {
        assertThat(read(out -> text(out, 2 * MAX_VALUE_BYTES)).rows()).hasSize(1);
        assertThatThrownBy(() -> read(out -> text(out, 2 * MAX_VALUE_BYTES + 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("a value of 11 bytes, where 10 are the most");
    }

    @Test
    void theLargestLimitDoesNotOverflow() throws IOException {
        QueryLimits largest = new QueryLimits(LIMITS.timeout(), 1, 1, Integer.MAX_VALUE, 1);
        assertThat(collected(new AnswerReader(input(out -> text(out, 100)), largest))
                        .rows())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 100_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aNumberOfColumnsThatCannotBeIsRefusedBeforeItIsAllocated(int count) {
        assertThatThrownBy(() -> read(out -> {
                    out.writeByte(Tag.COLUMNS);
                    out.writeInt(count);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("an answer with " + count + " columns");
    }

    @Test
    void aHundredThousandColumnsAreRead() throws IOException {
        QueryResult result = read(out -> {
            out.writeByte(Tag.COLUMNS);
            out.writeInt(100_000);
            out.write(new byte[400_000]);
            out.writeByte(Tag.COMPLETE);
        });
        assertThat(result.columns()).hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aLengthThatCannotBeIsRefusedBeforeItIsAllocated(int length) {
        assertThatThrownBy(() -> read(out -> {
                    out.writeByte(Tag.BLOB);
                    out.writeInt(length);
                }))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a value of " + length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 'R', 255})
    void anUnknownTagIsRefused(int tag) {
        assertThatThrownBy(() -> read(out -> out.writeByte(tag)))
                .isInstanceOf(IOException.class)
                .hasMessage("an answer with the tag " + tag);
    }

    @Test
    void aFailureOfAnUnknownKindIsRefused() {
        int kinds = Kind.values().length;
        assertThatThrownBy(() -> read(out -> {
                    out.writeByte(Tag.FAILURE);
                    out.writeByte(kinds);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("a failure of kind " + kinds);
    }

    /** Wherever a dying worker stops, its answer isn't taken for a whole one. */
    @Test
    void anAnswerCutOffAnywhereIsNoAnswer() throws IOException {
        byte[] whole = bytes(out -> {
            AnswerWriter writer = new AnswerWriter(out);
            writer.columns(List.of("name"));
            writer.value("Zoë");
            writer.value(7L);
            writer.value(new byte[] {1, 2});
            writer.end(false);
        });
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() ->
                            collected(new AnswerReader(new DataInputStream(new ByteArrayInputStream(part)), LIMITS)))
                    .as("the first %d bytes of %d", length, whole.length)
                    .isInstanceOf(EOFException.class);
        }
    }

    private static void text(DataOutputStream out, int bytes) throws IOException {
        AnswerWriter writer = new AnswerWriter(out);
        writer.columns(List.of("a"));
        writer.value("x".repeat(bytes));
        writer.end(false);
    }

    private static QueryResult read(Script script) throws IOException {
        return collected(new AnswerReader(input(script), LIMITS));
    }

    private static QueryResult collected(AnswerReader reader) throws IOException {
        ResultCollector result = new ResultCollector();
        return result.result(reader.read(result));
    }

    private static DataInputStream input(Script script) throws IOException {
        return new DataInputStream(new ByteArrayInputStream(bytes(script)));
    }

    private static byte[] bytes(Script script) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        script.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
