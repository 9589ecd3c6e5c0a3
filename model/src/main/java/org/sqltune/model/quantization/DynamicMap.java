package org.sqltune.model.quantization;

import java.util.Arrays;

/**
 * The signed 8-bit dynamic map of bitsandbytes' {@code create_dynamic_map(signed=True)} (Dettmers, arXiv:1511.04561):
 * seven decades down from 1, each with twice as many numbers as the one below, their negatives, zero, and one.
 *
 * <p>The reference takes each decade's numbers from {@code torch.linspace}, whose last bit depends on the processor's
 * instructions. These are the numbers that it gives with AVX2 or AVX-512: multiplication and addition fused.
 */
final class DynamicMap {
    private static final int DECADES = 7;
    private static final float LOWEST = 0.1f;

    private DynamicMap() {}

    /** The 256 numbers, ascending; each one exact in fp32. */
    static double[] values() {
        double[] values = new double[256];
        int next = 0;
        for (int decade = 0; decade < DECADES; decade++) {
            int numbers = 1 << decade;
            float unit = (float) Math.pow(10, decade - DECADES + 1);
            for (int i = 0; i < numbers; i++) {
                float mean = (boundary(i, numbers) + boundary(i + 1, numbers)) / 2;
                values[next++] = mean * unit;
                values[next++] = -(mean * unit);
            }
        }
        values[next++] = 0;
        values[next] = 1;
        Arrays.sort(values);
        return values;
    }

    /** Number {@code i} of {@code intervals + 1} that divide [0.1, 1] evenly; counted from the nearer end. */
    private static float boundary(int i, int intervals) {
        float step = (1 - LOWEST) / intervals;
        return i < (intervals + 1) / 2 ? Math.fma(step, i, LOWEST) : Math.fma(-step, intervals - i, 1f);
    }

    /**
     * A number greater than {@code thresholds()[i]}, and not than the next, is nearest to value i + 1. Exactly half way
     * the even code wins, as in bitsandbytes' binary search.
     */
    static double[] thresholds() {
        double[] values = values();
        double[] thresholds = new double[values.length - 1];
        for (int i = 0; i < thresholds.length; i++) {
            float middle = ((float) values[i] + (float) values[i + 1]) * 0.5f;
            thresholds[i] = i % 2 == 0 ? middle : Math.nextDown(middle);
        }
        return thresholds;
    }
}
