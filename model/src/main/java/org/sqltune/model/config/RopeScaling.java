package org.sqltune.model.config;

import java.util.List;

/** How rotary frequencies are stretched so that a model sees further than it was first trained for. */
public sealed interface RopeScaling {
    /**
     * The scaled frequencies, in radians a position.
     *
     * @param theta base of the unscaled frequencies
     * @param dimension how many of a head's numbers turn
     * @param textLength tokens of the whole text
     */
    float[] frequencies(double theta, int dimension, int textLength);

    /** What sines and cosines are multiplied by, so that attention doesn't blur over longer texts. */
    default double magnitude() {
        return 1;
    }

    /** Texts whose lengths have the same class have the same frequencies. */
    default int lengthClass(int textLength) {
        return 0;
    }

    /** As they are. */
    record None() implements RopeScaling {
        @Override
        public float[] frequencies(double theta, int dimension, int textLength) {
            return Rope.unscaled(theta, dimension);
        }
    }

    /**
     * All divided by one number (position interpolation: Chen et al., arXiv:2306.15595).
     *
     * @param factor the number
     */
    record Linear(double factor) implements RopeScaling {
        @Override
        public float[] frequencies(double theta, int dimension, int textLength) {
            float[] frequencies = Rope.unscaled(theta, dimension);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = (float) (frequencies[i] / factor);
            }
            return frequencies;
        }
    }

    /**
     * The base grows with the text once it is longer than the model was trained for (dynamic NTK scaling, as transformers
     * computes it). Every length beyond has frequencies of its own.
     *
     * @param factor how fast the base grows
     * @param maxPositions positions the model was trained for
     */
    record Dynamic(double factor, int maxPositions) implements RopeScaling {
        @Override
        public float[] frequencies(double theta, int dimension, int textLength) {
            if (textLength <= maxPositions) {
                return Rope.unscaled(theta, dimension);
            }
            double stretch = factor * textLength / maxPositions - (factor - 1);
            return Rope.unscaled(theta * Math.pow(stretch, dimension / (dimension - 2.0)), dimension);
        }

        @Override
        public int lengthClass(int textLength) {
            return Math.max(textLength, maxPositions);
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
        public float[] frequencies(double theta, int dimension, int textLength) {
            float[] frequencies = Rope.unscaled(theta, dimension);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = (float) scale(frequencies[i]);
            }
            return frequencies;
        }

        public double scale(double frequency) {
            double turns = originalPositions * frequency / (2 * Math.PI);
            double blend = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
            double kept = Math.max(0, Math.min(1, blend));
            return kept * frequency + (1 - kept) * frequency / factor;
        }
    }

    /**
     * YaRN (Peng et al., arXiv:2309.00071): pairs that turn often over the trained length are kept, those that turn rarely
     * are divided by the factor, those between blended by their index.
     *
     * @param factor divisor of the pairs that turn rarely
     * @param originalPositions positions the model was first trained for
     * @param fastTurns pairs with more turns than this are kept ({@code beta_fast})
     * @param slowTurns pairs with fewer turns than this are divided ({@code beta_slow})
     * @param wholeIndices whether the ends of the blended range are rounded outwards ({@code truncate})
     * @param magnitude what sines and cosines are multiplied by ({@code attention_factor})
     */
    record Yarn(
            double factor,
            int originalPositions,
            double fastTurns,
            double slowTurns,
            boolean wholeIndices,
            double magnitude)
            implements RopeScaling {
        @Override
        public float[] frequencies(double theta, int dimension, int textLength) {
            double first = indexOf(fastTurns, theta, dimension);
            double last = indexOf(slowTurns, theta, dimension);
            double low = Math.max(0, wholeIndices ? Math.floor(first) : first);
            double high = Math.min(dimension - 1, wholeIndices ? Math.ceil(last) : last);
            // Equal ends would divide by zero; transformers moves them apart by as much.
            double width = high == low ? 0.001 : high - low;
            float[] frequencies = Rope.unscaled(theta, dimension);
            for (int i = 0; i < frequencies.length; i++) {
                double divided = Math.max(0, Math.min(1, (i - low) / width));
                frequencies[i] = (float) (frequencies[i] * (1 - divided) + frequencies[i] / factor * divided);
            }
            return frequencies;
        }

        /** The index, not whole, of the pair that makes so many turns over the trained length. */
        private double indexOf(double turns, double theta, int dimension) {
            return dimension * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    /**
     * LongRoPE (Ding et al., arXiv:2402.13753): each frequency is divided by a number of its own, which was searched for;
     * there is one set of them for texts that fit the trained length and one for longer texts.
     *
     * @param shortFactors divisors for texts up to {@code originalPositions} tokens
     * @param longFactors divisors for longer texts
     * @param originalPositions positions the model was first trained for
     * @param magnitude what sines and cosines are multiplied by
     */
    record LongRope(List<Double> shortFactors, List<Double> longFactors, int originalPositions, double magnitude)
            implements RopeScaling {
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
        }

        @Override
        public float[] frequencies(double theta, int dimension, int textLength) {
            List<Double> factors = lengthClass(textLength) == 0 ? shortFactors : longFactors;
            float[] frequencies = Rope.unscaled(theta, dimension);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = (float) (frequencies[i] / factors.get(i));
            }
            return frequencies;
        }

        @Override
        public int lengthClass(int textLength) {
            return textLength <= originalPositions ? 0 : 1;
        }
    }
}
