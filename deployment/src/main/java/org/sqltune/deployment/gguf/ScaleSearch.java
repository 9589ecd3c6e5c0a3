package org.sqltune.deployment.gguf;

import java.util.Arrays;

/**
 * Finds the scale and the minimum that write a group of numbers with the least weighted squared error: for each of several
 * first guesses, numbers are rounded, and scale and minimum are fitted to the steps by linear regression. Large numbers weigh
 * more. For one thread at a time.
 */
final class ScaleSearch {
    private static final float GUESS_STEP = 0.1f;

    private final int length;
    private final int largestStep;
    private final float firstGuess;
    private final int guesses;
    private final float[] weights;
    private final int[] tried;
    private float scale;
    private float minimum;

    /**
     * @param length numbers of a group
     * @param largestStep the greatest step
     * @param firstGuess what the first guess adds to it
     * @param guesses number of guesses behind the first
     */
    ScaleSearch(int length, int largestStep, float firstGuess, int guesses) {
        this.length = length;
        this.largestStep = largestStep;
        this.firstGuess = firstGuess;
        this.guesses = guesses;
        this.weights = new float[length];
        this.tried = new int[length];
    }

    /** The scale that was found. */
    float scale() {
        return scale;
    }

    /** What is subtracted; not below 0. */
    float minimum() {
        return minimum;
    }

    /** Searches, and writes the steps. */
    void find(float[] row, int start, int[] steps, int stepsStart) {
        weigh(row, start);
        float least = row[start];
        float greatest = row[start];
        float sumWeights = weights[0];
        float sumNumbers = weights[0] * row[start];
        for (int i = 1; i < length; i++) {
            float number = row[start + i];
            least = Math.min(least, number);
            greatest = Math.max(greatest, number);
            sumWeights += weights[i];
            sumNumbers += weights[i] * number;
        }
        least = Math.min(least, 0);
        minimum = -least;
        scale = 0;
        if (greatest == least) {
            Arrays.fill(steps, stepsStart, stepsStart + length, 0);
            return;
        }
        float inverse = largestStep / (greatest - least);
        scale = 1 / inverse;
        round(row, start, inverse, least);
        System.arraycopy(tried, 0, steps, stepsStart, length);
        float smallestError = error(row, start, scale, least);
        for (int guess = 0; guess <= guesses; guess++) {
            inverse = (firstGuess + GUESS_STEP * guess + largestStep) / (greatest - least);
            round(row, start, inverse, least);
            float sumSteps = 0;
            float sumSquares = 0;
            float sumProducts = 0;
            for (int i = 0; i < length; i++) {
                float weighted = weights[i] * tried[i];
                sumSteps += weighted;
                sumSquares += weighted * tried[i];
                sumProducts += weighted * row[start + i];
            }
            float determinant = sumWeights * sumSquares - sumSteps * sumSteps;
            if (!(determinant > 0)) {
                continue;
            }
            float fittedScale = (sumWeights * sumProducts - sumNumbers * sumSteps) / determinant;
            float fittedLeast = (sumSquares * sumNumbers - sumSteps * sumProducts) / determinant;
            if (fittedLeast > 0) {
                fittedLeast = 0;
                fittedScale = sumProducts / sumSquares;
            }
            float error = error(row, start, fittedScale, fittedLeast);
            if (error < smallestError) {
                smallestError = error;
                scale = fittedScale;
                // Later guesses start from it.
                least = fittedLeast;
                minimum = -least;
                System.arraycopy(tried, 0, steps, stepsStart, length);
            }
        }
    }

    private void weigh(float[] row, int start) {
        float sumSquares = 0;
        for (int i = start; i < start + length; i++) {
            sumSquares += row[i] * row[i];
        }
        float mean = (float) Math.sqrt(sumSquares / length);
        for (int i = 0; i < length; i++) {
            weights[i] = mean + Math.abs(row[start + i]);
        }
    }

    private void round(float[] row, int start, float inverse, float least) {
        for (int i = 0; i < length; i++) {
            tried[i] = Steps.nearest(inverse * (row[start + i] - least), 0, largestStep);
        }
    }

    private float error(float[] row, int start, float ofScale, float ofLeast) {
        float error = 0;
        for (int i = 0; i < length; i++) {
            float difference = ofScale * tried[i] + ofLeast - row[start + i];
            error += weights[i] * (difference * difference);
        }
        return error;
    }
}
