package org.sqltune.deployment.gguf;

/** IEEE 754 half precision in Java 17, which has no conversion of its own. */
public final class HalfFloats {
    private static final int EXPONENT_SHIFT = 13;
    private static final int SMALLEST_NORMAL = 113 << 23;
    private static final int INFINITY = 0x7F800000;
    /** What rounds to infinity: halfway between the largest half and the next power of two. */
    private static final int OVERFLOW = 0x477FF000;

    /** Numbers from here on become infinite. */
    static final float TOO_LARGE = Float.intBitsToFloat(OVERFLOW);

    private HalfFloats() {}

    /** The nearest half, ties to even; infinity for what is too large. */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > INFINITY) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= OVERFLOW) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < SMALLEST_NORMAL) {
            // The unit of a subnormal half is 2^-24; the product is exact, and rint ties to even.
            return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
        }
        int rebased = magnitude - (112 << 23);
        int kept = rebased >>> EXPONENT_SHIFT;
        int rest = rebased & ((1 << EXPONENT_SHIFT) - 1);
        int half = 1 << (EXPONENT_SHIFT - 1);
        boolean up = rest > half || (rest == half && (kept & 1) == 1);
        return (short) (sign | (kept + (up ? 1 : 0)));
    }

    /** The value of a half. */
    public static float toFloat(short half) {
        int exponent = (half >>> 10) & 0x1F;
        int fraction = half & 0x3FF;
        float magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else {
            magnitude = Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << EXPONENT_SHIFT));
        }
        return half < 0 ? -magnitude : magnitude;
    }
}
