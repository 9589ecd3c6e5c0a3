package org.sqltune.evaluation.spider.match;

/**
 * How one component of a prediction compares.
 *
 * @param gold how many pieces the gold query has; at 0 the row doesn't count towards recall
 * @param predicted how many the prediction has; at 0 the row doesn't count towards accuracy
 * @param matched how many are the same
 */
public record ComponentMatch(int gold, int predicted, int matched) {
    /** Whether all pieces are the same: accuracy, recall and F1 are 1 then, and 0 otherwise. */
    public boolean right() {
        return gold == predicted && matched == predicted;
    }
}
