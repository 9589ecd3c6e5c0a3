package org.sqltune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** Every number of a file in another element type is the one that the formats' definitions give, worked out in Java. */
class ConversionTest {
    private static final int PATTERNS = 1 << 16;

    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();
    private final TensorScope scope = torch.scope();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @Test
    void everyHalfPrecisionNumberIsWidenedExactly() {
        float[] read = read("F16", PATTERNS, everyPattern(), ElementType.FLOAT32);
        assertSame(read, pattern -> halfToFloat(pattern));
    }

    @Test
    void everyBfloat16NumberIsWidenedExactly() {
        float[] read = read("BF16", PATTERNS, everyPattern(), ElementType.FLOAT32);
        assertSame(read, pattern -> Float.intBitsToFloat(pattern << 16));
    }

    @Test
    void everyHalfPrecisionNumberIsRoundedToBfloat16() {
        float[] read = read("F16", PATTERNS, everyPattern(), ElementType.BFLOAT16);
        assertSame(read, pattern -> roundToBfloat16(halfToFloat(pattern)));
    }

    /** Borders of every kind, and random bits: all signs, exponents, infinities, NaN, subnormals. */
    @Test
    void singlePrecisionIsRoundedToTheNearestBfloat16AndToEvenHalfWay() {
        int[] lowBits = {0, 1, 0x7fff, 0x8000, 0x8001, 0xffff, 0x4000, 0xc000};
        int count = PATTERNS * lowBits.length;
        ByteBuffer data = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int low : lowBits) {
            for (int high = 0; high < PATTERNS; high++) {
                data.putInt(high << 16 | low);
            }
        }
        float[] read = read("F32", count, data.array(), ElementType.BFLOAT16);
        assertSame(read, i -> roundToBfloat16(data.getFloat(i * Float.BYTES)));
        byte[] random = new byte[count * Float.BYTES];
        new Random(5).nextBytes(random);
        ByteBuffer bits = ByteBuffer.wrap(random).order(ByteOrder.LITTLE_ENDIAN);
        assertSame(
                read("F32", count, random, ElementType.BFLOAT16), i -> roundToBfloat16(bits.getFloat(i * Float.BYTES)));
    }

    private static byte[] everyPattern() {
        ByteBuffer data = ByteBuffer.allocate(PATTERNS * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            data.putShort((short) pattern);
        }
        return data.array();
    }

    /** Bits are compared, so that -0 isn't 0; of NaN only that it is one. */
    private static void assertSame(float[] read, IntFunction<Float> expected) {
        for (int i = 0; i < read.length; i++) {
            assertThat(Float.floatToIntBits(read[i]))
                    .as("number %d", i)
                    .isEqualTo(Float.floatToIntBits(expected.apply(i)));
        }
    }

    /** The file's numbers as {@code type}, widened to be looked at. */
    private float[] read(String dtype, int count, byte[] data, ElementType type) {
        Path file = RawFile.write(
                folder.resolve("model"),
                "{\"w\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + count + "],\"data_offsets\":[0," + data.length
                        + "]}}  ",
                data);
        try (SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            Tensor tensor = reader.read(scope, "w", type, count);
            assertThat(torch.type(tensor)).isEqualTo(type);
            return bfloat16OrFloat(tensor, type);
        }
    }

    /** From the raw bytes, so that no other conversion takes part. */
    private float[] bfloat16OrFloat(Tensor tensor, ElementType type) {
        ByteBuffer bytes =
                ByteBuffer.wrap(torch.rawBytes(tensor, 0, tensor.count())).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[(int) tensor.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = type == ElementType.FLOAT32
                    ? bytes.getFloat(i * Float.BYTES)
                    : Float.intBitsToFloat(bytes.getShort(i * Short.BYTES) << 16);
        }
        return numbers;
    }

    /** IEEE 754 binary16: 1 sign bit, 5 of exponent with bias 15, 10 of fraction. */
    private static float halfToFloat(int pattern) {
        int exponent = pattern >> 10 & 0x1f;
        int fraction = pattern & 0x3ff;
        double sign = (pattern & 0x8000) == 0 ? 1 : -1;
        if (exponent == 0x1f) {
            return fraction == 0 ? (float) (sign * Double.POSITIVE_INFINITY) : Float.NaN;
        }
        double magnitude = exponent == 0 ? fraction * 0x1p-24 : (0x400 + fraction) * Math.pow(2, exponent - 25);
        return (float) (sign * magnitude);
    }

    /** The nearest number whose lower 16 bits are 0; half way the one whose bit 16 is 0. */
    private static float roundToBfloat16(float value) {
        if (Float.isNaN(value)) {
            return Float.NaN;
        }
        int bits = Float.floatToRawIntBits(value);
        int even = bits >>> 16 & 1;
        return Float.intBitsToFloat(bits + 0x7fff + even & 0xffff0000);
    }
}
