package org.sqltune.deployment.gguf;

import java.nio.ByteBuffer;

/**
 * Q4_K and Q5_K: blocks of 256 numbers in 8 groups of 32. A number is {@code step · scale − minimum}; the groups' scales and
 * minima are 6-bit multiples of two half-precision numbers of the block. For one thread at a time.
 */
final class ScaledMinimumBlocks implements RowEncoder.BlockEncoder {
    private static final int LENGTH = 256;
    private static final int GROUP = 32;
    private static final int GROUPS = LENGTH / GROUP;
    private static final int LARGEST_MULTIPLE = 63;

    private final int bits;
    private final ScaleSearch search;
    private final int[] steps = new int[LENGTH];
    private final float[] scales = new float[GROUPS];
    private final float[] minima = new float[GROUPS];
    private final int[] scaleMultiples = new int[GROUPS];
    private final int[] minimumMultiples = new int[GROUPS];

    /** @param bits of a number: 4 or 5 */
    ScaledMinimumBlocks(int bits) {
        this.bits = bits;
        // llama.cpp's choice of the tried scales, for each width.
        this.search = bits == 4 ? new ScaleSearch(GROUP, 15, -1f, 20) : new ScaleSearch(GROUP, 31, -0.5f, 15);
    }

    @Override
    public void encode(float[] row, int start, ByteBuffer out) {
        float largestScale = 0;
        float largestMinimum = 0;
        for (int group = 0; group < GROUPS; group++) {
            search.find(row, start + group * GROUP, steps, group * GROUP);
            scales[group] = search.scale();
            minima[group] = search.minimum();
            largestScale = Math.max(largestScale, scales[group]);
            largestMinimum = Math.max(largestMinimum, minima[group]);
        }
        short scale = HalfFloats.of(largestScale / LARGEST_MULTIPLE);
        short minimum = HalfFloats.of(largestMinimum / LARGEST_MULTIPLE);
        toMultiples(scales, largestScale, scaleMultiples);
        toMultiples(minima, largestMinimum, minimumMultiples);
        round(row, start, HalfFloats.toFloat(scale), HalfFloats.toFloat(minimum));
        out.putShort(scale).putShort(minimum);
        putMultiples(out);
        if (bits == 5) {
            putFifthBits(out);
        }
        for (int pair = 0; pair < LENGTH; pair += 2 * GROUP) {
            for (int i = pair; i < pair + GROUP; i++) {
                out.put((byte) ((steps[i] & 15) | ((steps[i + GROUP] & 15) << 4)));
            }
        }
    }

    private static void toMultiples(float[] values, float largest, int[] multiples) {
        float inverse = largest > 0 ? LARGEST_MULTIPLE / largest : 0;
        for (int group = 0; group < GROUPS; group++) {
            multiples[group] = Steps.nearest(inverse * values[group], 0, LARGEST_MULTIPLE);
        }
    }

    /** Rounds again by the scales that the file holds; a group without a scale keeps the steps that were found. */
    private void round(float[] row, int start, float scale, float minimum) {
        for (int group = 0; group < GROUPS; group++) {
            float step = scale * scaleMultiples[group];
            if (step == 0) {
                continue;
            }
            float offset = minimum * minimumMultiples[group];
            for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
                steps[i] = Steps.nearest((row[start + i] + offset) / step, 0, (1 << bits) - 1);
            }
        }
    }

    /** The first four groups have a byte for each multiple, whose upper two bits are those of the last four groups. */
    private void putMultiples(ByteBuffer out) {
        int half = GROUPS / 2;
        for (int i = 0; i < half; i++) {
            out.put((byte) (scaleMultiples[i] | (scaleMultiples[i + half] >> 4 << 6)));
        }
        for (int i = 0; i < half; i++) {
            out.put((byte) (minimumMultiples[i] | (minimumMultiples[i + half] >> 4 << 6)));
        }
        for (int i = half; i < GROUPS; i++) {
            out.put((byte) ((scaleMultiples[i] & 15) | ((minimumMultiples[i] & 15) << 4)));
        }
    }

    /** Byte i has the fifth bits of the i-th number of each group. */
    private void putFifthBits(ByteBuffer out) {
        for (int i = 0; i < GROUP; i++) {
            int together = 0;
            for (int group = 0; group < GROUPS; group++) {
                together |= (steps[group * GROUP + i] >> 4) << group;
            }
            out.put((byte) together);
        }
    }
}
