package org.sqltune.data.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Converts a column's stored values to JSON: numbers and texts by <a
 * href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">the logical type</a>, dates and times
 * in ISO 8601, bytes that aren't text as base64.
 */
final class ScalarValues {
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final int INT96_BYTES = 12;

    private final PrimitiveTypeName stored;
    private final @Nullable LogicalTypeAnnotation meaning;

    ScalarValues(PrimitiveType type) {
        this.stored = type.getPrimitiveTypeName();
        this.meaning = type.getLogicalTypeAnnotation();
    }

    JsonNode of(int value) {
        if (meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned()) {
            return LongNode.valueOf(Integer.toUnsignedLong(value));
        }
        return of((long) value);
    }

    JsonNode of(long value) {
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return DecimalNode.valueOf(BigDecimal.valueOf(value, decimal.getScale()));
        }
        if (meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned() && value < 0) {
            return BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(value)));
        }
        try {
            if (meaning instanceof DateLogicalTypeAnnotation) {
                return TextNode.valueOf(LocalDate.ofEpochDay(value).toString());
            }
            if (meaning instanceof TimeLogicalTypeAnnotation time) {
                return TextNode.valueOf(
                        LocalTime.MIDNIGHT.plus(value, unit(time.getUnit())).toString());
            }
            if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
                Instant instant = Instant.EPOCH.plus(value, unit(timestamp.getUnit()));
                return TextNode.valueOf(timestamp.isAdjustedToUTC() ? instant.toString() : local(instant));
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Outside the range of dates: the number itself.
            return LongNode.valueOf(value);
        }
        return LongNode.valueOf(value);
    }

    /** Returns the value; null if it should be a text and its bytes aren't UTF-8. */
    @Nullable
    JsonNode of(Binary value) {
        if (stored == PrimitiveTypeName.INT96 && value.length() == INT96_BYTES) {
            return int96(value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        }
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal && value.length() > 0) {
            return DecimalNode.valueOf(new BigDecimal(new BigInteger(value.getBytesUnsafe()), decimal.getScale()));
        }
        if (meaning instanceof UUIDLogicalTypeAnnotation && value.length() == 2 * Long.BYTES) {
            ByteBuffer halves = value.toByteBuffer();
            return TextNode.valueOf(new UUID(halves.getLong(), halves.getLong()).toString());
        }
        if (meaning instanceof Float16LogicalTypeAnnotation && value.length() == Short.BYTES) {
            return DoubleNode.valueOf(
                    half(value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort()));
        }
        boolean text = meaning instanceof StringLogicalTypeAnnotation
                || meaning instanceof EnumLogicalTypeAnnotation
                || meaning instanceof JsonLogicalTypeAnnotation;
        if (!text && (meaning != null || stored != PrimitiveTypeName.BINARY)) {
            return BinaryNode.valueOf(value.getBytes());
        }
        // Older writers didn't mark texts.
        String content = utf8(value.getBytesUnsafe());
        return content != null ? TextNode.valueOf(content) : text ? null : BinaryNode.valueOf(value.getBytes());
    }

    private static @Nullable String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        // The replacement character may be genuine.
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Converts a timestamp of Hive or Spark: nanoseconds of the day and the Julian day. */
    private static JsonNode int96(ByteBuffer value) {
        long nanos = value.getLong();
        long days = value.getInt() - JULIAN_DAY_OF_EPOCH;
        try {
            return TextNode.valueOf(
                    local(Instant.EPOCH.plus(days, ChronoUnit.DAYS).plusNanos(nanos)));
        } catch (DateTimeException | ArithmeticException e) {
            return LongNode.valueOf(nanos);
        }
    }

    private static String local(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }

    /** Converts IEEE 754's binary16: a sign bit, 5 bits of exponent, 10 of fraction. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        double size = exponent == 0
                ? Math.scalb((double) fraction, -24)
                : exponent == 0x1F
                        ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                        : Math.scalb(1024.0 + fraction, exponent - 25);
        return bits < 0 ? -size : size;
    }
}
