package org.sqltune.deployment.gguf;

import java.nio.ByteBuffer;

/** Blocks of 32 numbers with one scale. */
final class SmallBlocks {
    private static final int LENGTH = 32;
    private static final int HALF = LENGTH / 2;
    private static final int Q8_LARGEST = 127;
    private static final int Q5_LARGEST = 31;

    private SmallBlocks() {}

    static void encodeQ8(float[] row, int start, ByteBuffer out) {
        float scale = Math.abs(extreme(row, start)) / Q8_LARGEST;
        float inverse = inverse(scale);
        out.putShort(HalfFloats.of(scale));
        for (int i = start; i < start + LENGTH; i++) {
            double scaled = row[i] * inverse;
            // Halves away from zero, as C's roundf.
            out.put((byte) (Math.signum(scaled) * Math.floor(Math.abs(scaled) + 0.5)));
        }
    }

    /** The number of the largest magnitude becomes exactly -8 scales, so that all 16 steps are used. */
    static void encodeQ4(float[] row, int start, ByteBuffer out) {
        float scale = extreme(row, start) / -8;
        float inverse = inverse(scale);
        out.putShort(HalfFloats.of(scale));
        for (int i = start; i < start + HALF; i++) {
            int low = Math.min(15, (int) (row[i] * inverse + 8.5f));
            int high = Math.min(15, (int) (row[i + HALF] * inverse + 8.5f));
            out.put((byte) (low | (high << 4)));
        }
    }

    /** Likewise with 32 steps; the fifth bits stand together before the others. */
    static void encodeQ5(float[] row, int start, ByteBuffer out) {
        float scale = extreme(row, start) / -16;
        float inverse = inverse(scale);
        out.putShort(HalfFloats.of(scale));
        int[] steps = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            steps[i] = Math.min(Q5_LARGEST, (int) (row[start + i] * inverse + 16.5f));
        }
        putFiveBits(steps, out);
    }

    /** 32 steps from the least number to the greatest. */
    static void encodeQ5WithMinimum(float[] row, int start, ByteBuffer out) {
        float least = row[start];
        float greatest = row[start];
        for (int i = start; i < start + LENGTH; i++) {
            least = Math.min(least, row[i]);
            greatest = Math.max(greatest, row[i]);
        }
        float scale = (greatest - least) / Q5_LARGEST;
        float inverse = inverse(scale);
        out.putShort(HalfFloats.of(scale)).putShort(HalfFloats.of(least));
        int[] steps = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            steps[i] = (int) ((row[start + i] - least) * inverse + 0.5f);
        }
        putFiveBits(steps, out);
    }

    private static void putFiveBits(int[] steps, ByteBuffer out) {
        int fifth = 0;
        for (int i = 0; i < LENGTH; i++) {
            fifth |= (steps[i] >> 4) << i;
        }
        out.putInt(fifth);
        for (int i = 0; i < HALF; i++) {
            out.put((byte) ((steps[i] & 15) | ((steps[i + HALF] & 15) << 4)));
        }
    }

    /** The first number of the largest magnitude. */
    private static float extreme(float[] row, int start) {
        float extreme = 0;
        for (int i = start; i < start + LENGTH; i++) {
            if (Math.abs(row[i]) > Math.abs(extreme)) {
                extreme = row[i];
            }
        }
        return extreme;
    }

    private static float inverse(float scale) {
        return scale == 0 ? 0 : 1 / scale;
    }
}
