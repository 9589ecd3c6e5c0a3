package org.sqltune.model.config;

/** How rotary frequencies are stretched so that a model sees further than it was first trained for. */
public sealed interface RopeScaling {
    /**
     * The scaled frequency.
     *
     * @param frequency angle per position, in radians
     */
    double scale(double frequency);

    /** As they are. */
    record None() implements RopeScaling {
        @Override
        public double scale(double frequency) {
            return frequency;
        }
    }

    /**
     * All divided by one number (position interpolation: Chen et al., arXiv:2306.15595).
     *
     * @param factor the number
     */
    record Linear(double factor) implements RopeScaling {
        @Override
        public double scale(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * Llama 3.1's: long waves divided by the factor, short ones kept, those between blended.
     *
     * @param factor divisor of the long waves
     * @param lowFrequencyFactor waves longer than originalPositions / this are long
     * @param highFrequencyFactor waves shorter than originalPositions / this are short
     * @param originalPositions positions the model was first trained for
     */
    record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, double originalPositions)
            implements RopeScaling {
        @Override
        public double scale(double frequency) {
            double turns = originalPositions * frequency / (2 * Math.PI);
            double blend = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
            double kept = Math.max(0, Math.min(1, blend));
            return kept * frequency + (1 - kept) * frequency / factor;
        }
    }
}
