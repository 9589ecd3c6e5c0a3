package org.sqltune.deployment.gguf;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Q6_K: blocks of 256 numbers in 16 groups of 16. A number is {@code (step − 32) · scale}; the groups' scales are 8-bit
 * multiples of a half-precision number of the block. For one thread at a time.
 */
final class SixBitBlocks implements RowEncoder.BlockEncoder {
    private static final int LENGTH = 256;
    private static final int GROUP = 16;
    private static final int GROUPS = LENGTH / GROUP;
    private static final int EIGHTH = LENGTH / 8;
    /** Half of the steps. */
    private static final int RANGE = 32;
    /** A group of smaller numbers is zero. */
    private static final float NOTHING = 1e-15f;

    private final int[] steps = new int[LENGTH];
    private final float[] scales = new float[GROUPS];
    private final int[] multiples = new int[GROUPS];

    @Override
    public void encode(float[] row, int start, ByteBuffer out) {
        float extreme = 0;
        for (int group = 0; group < GROUPS; group++) {
            scales[group] = scale(row, start + group * GROUP, group * GROUP);
            if (Math.abs(scales[group]) > Math.abs(extreme)) {
                extreme = scales[group];
            }
        }
        if (Math.abs(extreme) < NOTHING) {
            out.put(new byte[GgufType.Q6_K.rowBytes(LENGTH)]);
            return;
        }
        float inverse = -128 / extreme;
        short unit = HalfFloats.of(1 / inverse);
        for (int group = 0; group < GROUPS; group++) {
            multiples[group] = Steps.nearest(inverse * scales[group], Byte.MIN_VALUE, Byte.MAX_VALUE);
            round(row, start, group, HalfFloats.toFloat(unit) * multiples[group]);
        }
        putSteps(out);
        for (int multiple : multiples) {
            out.put((byte) multiple);
        }
        out.putShort(unit);
    }

    /** Rounds again by the scale that the file holds; without one, the steps that were found stay. */
    private void round(float[] row, int start, int group, float scale) {
        if (scale == 0) {
            return;
        }
        for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
            steps[i] = Steps.nearest(row[start + i] / scale, -RANGE, RANGE - 1) + RANGE;
        }
    }

    /** The scale of a group, of 19 that are tried, with the least squared error; squares of numbers are its weights. */
    private float scale(float[] row, int start, int stepsStart) {
        float extreme = 0;
        for (int i = start; i < start + GROUP; i++) {
            if (Math.abs(row[i]) > Math.abs(extreme)) {
                extreme = row[i];
            }
        }
        if (Math.abs(extreme) < NOTHING) {
            Arrays.fill(steps, stepsStart, stepsStart + GROUP, 0);
            return 0;
        }
        float best = 0;
        float bestScale = 0;
        // The guess without a change comes first and is taken in any case.
        for (int tried = 0; tried < 19; tried++) {
            int change = tried == 0 ? 0 : tried <= 9 ? tried - 10 : tried - 9;
            float inverse = change == 0 ? -RANGE / extreme : -(RANGE + 0.1f * change) / extreme;
            float sumProducts = 0;
            float sumSquares = 0;
            for (int i = start; i < start + GROUP; i++) {
                int step = Steps.nearest(inverse * row[i], -RANGE, RANGE - 1);
                float weight = row[i] * row[i];
                sumProducts += weight * row[i] * step;
                sumSquares += weight * step * step;
            }
            boolean better = sumSquares > 0 && sumProducts * sumProducts > best * sumSquares;
            if (tried == 0 || better) {
                bestScale = sumSquares == 0 ? 0 : sumProducts / sumSquares;
                best = bestScale * sumProducts;
                for (int i = 0; i < GROUP; i++) {
                    steps[stepsStart + i] = Steps.nearest(inverse * row[start + i], -RANGE, RANGE - 1) + RANGE;
                }
            }
        }
        return bestScale;
    }

    /** The lower four bits of each half of the block, then its upper two. */
    private void putSteps(ByteBuffer out) {
        for (int half = 0; half < LENGTH; half += LENGTH / 2) {
            for (int i = half; i < half + LENGTH / 4; i++) {
                out.put((byte) ((steps[i] & 15) | ((steps[i + LENGTH / 4] & 15) << 4)));
            }
        }
        for (int half = 0; half < LENGTH; half += LENGTH / 2) {
            for (int i = half; i < half + EIGHTH; i++) {
                out.put((byte) ((steps[i] >> 4)
                        | ((steps[i + EIGHTH] >> 4) << 2)
                        | ((steps[i + 2 * EIGHTH] >> 4) << 4)
                        | ((steps[i + 3 * EIGHTH] >> 4) << 6)));
            }
        }
    }
}
