package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frequencies of many draws from a distribution of four tokens. */
class TokenSamplerTest {
    private static final int DRAWS = 20_000;
    /** Five standard deviations of a frequency of one half. */
    private static final Offset<Double> LUCK = within(5 * 0.5 / Math.sqrt(DRAWS));

    private static final double[] PROBABILITIES = {0.1, 0.5, 0.05, 0.35};

    @Test
    void tokensAreDrawnAsOftenAsTheyAreProbable() {
        assertThat(frequencies(1, 1)).containsExactly(PROBABILITIES, LUCK);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2})
    void temperatureRaisesProbabilitiesToItsInverse(double temperature) {
        double[] expected = new double[4];
        double total = 0;
        for (int i = 0; i < 4; i++) {
            expected[i] = Math.pow(PROBABILITIES[i], 1 / temperature);
            total += expected[i];
        }
        for (int i = 0; i < 4; i++) {
            expected[i] /= total;
        }
        assertThat(frequencies(temperature, 1)).containsExactly(expected, LUCK);
    }

    @Test
    void aNucleusIsTheSmallestSetThatReachesItsMass() {
        double[] two = {0, 0.5 / 0.85, 0, 0.35 / 0.85};
        assertThat(frequencies(1, 0.6)).containsExactly(two, LUCK);
        assertThat(frequencies(1, 0.84)).containsExactly(two, LUCK);
        double[] three = {0.1 / 0.95, 0.5 / 0.95, 0, 0.35 / 0.95};
        assertThat(frequencies(1, 0.9)).containsExactly(three, LUCK);
    }

    @Test
    void aNucleusSmallerThanTheBestTokenHoldsThatTokenAlone() {
        assertThat(frequencies(1, 0.49)).containsExactly(new double[] {0, 1, 0, 0}, within(1e-9));
        assertThat(frequencies(1, 1e-9)).containsExactly(new double[] {0, 1, 0, 0}, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-6})
    void noTemperatureMeansTheBestToken(double temperature) {
        assertThat(frequencies(temperature, 1)).containsExactly(new double[] {0, 1, 0, 0}, within(1e-9));
    }

    @Test
    void ofEqualBestTokensTheFirstIsTaken() {
        float[] logits = {1, 3, 3, 2};
        assertThat(new TokenSampler(Sampling.GREEDY).choose(logits.clone(), 0)).isEqualTo(1);
        assertThat(new TokenSampler(new Sampling(1, 1e-9, 0, 0, 1, 5)).choose(logits.clone(), 0))
                .isEqualTo(1);
    }

    @Test
    void tokensThatAreRuledOutAreNeverDrawn() {
        float[] logits = {0, Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
        TokenSampler sampler = new TokenSampler(new Sampling(1, 1, 0, 0, 1, 3));
        for (int i = 0; i < 1000; i++) {
            assertThat(sampler.choose(logits.clone(), i)).isIn(0, 2);
        }
    }

    private static double[] frequencies(double temperature, double topP) {
        float[] logits = new float[4];
        for (int i = 0; i < 4; i++) {
            // Softmax doesn't care for a constant that is added to all.
            logits[i] = (float) (Math.log(PROBABILITIES[i]) + 30);
        }
        TokenSampler sampler = new TokenSampler(new Sampling(temperature, topP, 0, 0, 1, 42));
        double[] frequencies = new double[4];
        for (int i = 0; i < DRAWS; i++) {
            frequencies[sampler.choose(logits.clone(), i)] += 1.0 / DRAWS;
        }
        return frequencies;
    }
}
