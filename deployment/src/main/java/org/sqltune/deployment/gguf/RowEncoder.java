package org.sqltune.deployment.gguf;

import java.nio.ByteBuffer;

/** Writes rows of numbers in a {@link GgufType}. The blocks are those of llama.cpp's reference quantiser. */
final class RowEncoder {
    private static final int Q8_LARGEST = 127;
    private static final int Q4_RANGE = 8;

    private RowEncoder() {}

    /**
     * Appends a row.
     *
     * @param out little endian
     */
    static void encode(GgufType type, float[] row, ByteBuffer out) {
        switch (type) {
            case F32 -> {
                for (float value : row) {
                    out.putFloat(value);
                }
            }
            case F16 -> {
                for (float value : row) {
                    out.putShort(HalfFloats.of(value));
                }
            }
            case BF16 -> {
                for (float value : row) {
                    out.putShort(bfloat(value));
                }
            }
            case Q8_0 -> {
                for (int start = 0; start < row.length; start += type.blockLength()) {
                    encodeQ8(row, start, type.blockLength(), out);
                }
            }
            case Q4_0 -> {
                for (int start = 0; start < row.length; start += type.blockLength()) {
                    encodeQ4(row, start, type.blockLength(), out);
                }
            }
        }
    }

    /** The nearest number whose lower 16 bits are zero, ties to even. */
    private static short bfloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    private static void encodeQ8(float[] row, int start, int length, ByteBuffer out) {
        float largest = 0;
        for (int i = start; i < start + length; i++) {
            largest = Math.max(largest, Math.abs(row[i]));
        }
        float scale = largest / Q8_LARGEST;
        float inverse = scale == 0 ? 0 : 1 / scale;
        out.putShort(HalfFloats.of(scale));
        for (int i = start; i < start + length; i++) {
            double scaled = row[i] * inverse;
            // Halves away from zero, as C's roundf.
            out.put((byte) (Math.signum(scaled) * Math.floor(Math.abs(scaled) + 0.5)));
        }
    }

    /** The number of the largest magnitude becomes exactly -8 scales, so that all 16 steps are used. */
    private static void encodeQ4(float[] row, int start, int length, ByteBuffer out) {
        float extreme = 0;
        for (int i = start; i < start + length; i++) {
            if (Math.abs(row[i]) > Math.abs(extreme)) {
                extreme = row[i];
            }
        }
        float scale = extreme / -Q4_RANGE;
        float inverse = scale == 0 ? 0 : 1 / scale;
        out.putShort(HalfFloats.of(scale));
        int half = length / 2;
        for (int i = start; i < start + half; i++) {
            int low = step(row[i] * inverse);
            int high = step(row[i + half] * inverse);
            out.put((byte) (low | (high << 4)));
        }
    }

    private static int step(float scaled) {
        return Math.min(2 * Q4_RANGE - 1, (int) (scaled + Q4_RANGE + 0.5f));
    }
}
