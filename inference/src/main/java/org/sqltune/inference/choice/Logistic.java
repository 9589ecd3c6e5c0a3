package org.sqltune.inference.choice;

import java.util.ArrayList;
import java.util.List;

/**
 * A logistic regression: the probability of right is {@code 1 / (1 + exp(-(bias + weights · features)))}.
 *
 * @param bias what holds without features
 * @param weights one for each feature
 */
record Logistic(double bias, List<Double> weights) {
    /** Keeps weights finite where a feature separates right from wrong, and pulls those of few examples towards 0. */
    private static final double RIDGE = 1;

    private static final int STEPS = 50;

    Logistic {
        weights = List.copyOf(weights);
    }

    /** An example: its features, and whether it was right. */
    record Example(double[] features, boolean right) {}

    double probability(double[] features) {
        double sum = bias;
        for (int i = 0; i < features.length; i++) {
            sum += weights.get(i) * features[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /**
     * The most likely weights under a penalty of half their squares, by Newton's method.
     *
     * @param examples at least one, all with the same number of features
     */
    static Logistic fit(List<Example> examples) {
        int size = examples.get(0).features().length + 1;
        double[] weights = new double[size];
        for (int step = 0; step < STEPS; step++) {
            double[][] system = new double[size][size + 1];
            for (int i = 1; i < size; i++) {
                system[i][i] = RIDGE;
                system[i][size] = -RIDGE * weights[i];
            }
            // The bias has no penalty, only enough to keep the system solvable.
            system[0][0] = 1e-6;
            for (Example example : examples) {
                add(example, weights, system);
            }
            double[] change = solve(system);
            double largest = 0;
            for (int i = 0; i < size; i++) {
                double bounded = Math.max(-2, Math.min(2, change[i]));
                weights[i] += bounded;
                largest = Math.max(largest, Math.abs(bounded));
            }
            if (largest < 1e-9) {
                break;
            }
        }
        List<Double> found = new ArrayList<>();
        for (int i = 1; i < size; i++) {
            found.add(weights[i]);
        }
        return new Logistic(weights[0], found);
    }

    private static void add(Example example, double[] weights, double[][] system) {
        int size = weights.length;
        double[] row = new double[size];
        row[0] = 1;
        System.arraycopy(example.features(), 0, row, 1, size - 1);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += weights[i] * row[i];
        }
        double probability = 1 / (1 + Math.exp(-sum));
        double slope = Math.max(1e-9, probability * (1 - probability));
        double error = (example.right() ? 1 : 0) - probability;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                system[i][j] += slope * row[i] * row[j];
            }
            system[i][size] += error * row[i];
        }
    }

    /** Gauss's elimination; the matrix is symmetric and positive definite. */
    private static double[] solve(double[][] system) {
        int size = system.length;
        for (int i = 0; i < size; i++) {
            for (int row = i + 1; row < size; row++) {
                double factor = system[row][i] / system[i][i];
                for (int column = i; column <= size; column++) {
                    system[row][column] -= factor * system[i][column];
                }
            }
        }
        double[] solution = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            double sum = system[i][size];
            for (int j = i + 1; j < size; j++) {
                sum -= system[i][j] * solution[j];
            }
            solution[i] = sum / system[i][i];
        }
        return solution;
    }
}
