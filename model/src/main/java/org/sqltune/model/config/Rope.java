package org.sqltune.model.config;

/**
 * A model's rotary position embedding (RoPE, arXiv:2104.09864): pair i of a head's numbers turns by {@code position ·
 * theta^(-2i/dimension)}, or by a scaled angle.
 *
 * @param theta base of the frequencies
 * @param dimension how many of a head's numbers turn, before rounding up to pairs
 * @param scaling how frequencies are stretched for long texts
 */
public record Rope(double theta, int dimension, RopeScaling scaling) {
    /** How many of a head's numbers turn: two for each frequency. */
    public int size() {
        return (dimension + 1) / 2 * 2;
    }

    /** Angle per position of each pair, in radians, for a text of that many tokens. */
    public float[] frequencies(int textLength) {
        return scaling.frequencies(theta, dimension, textLength);
    }

    /** The frequencies before scaling, rounded to 32 bits where transformers rounds. */
    static float[] unscaled(double theta, int dimension) {
        float[] frequencies = new float[(dimension + 1) / 2];
        for (int i = 0; i < frequencies.length; i++) {
            float exponent = 2 * i / (float) dimension;
            frequencies[i] = 1 / (float) Math.pow((float) theta, exponent);
        }
        return frequencies;
    }
}
