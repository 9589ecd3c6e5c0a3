package org.sqltune.deployment.gguf;

/** Rounding as llama.cpp's quantiser does it. */
final class Steps {
    private Steps() {}

    /** The nearest whole number, ties to even, within bounds. */
    static int nearest(float value, int least, int greatest) {
        return Math.max(least, Math.min(greatest, (int) Math.rint((double) value)));
    }
}
