package org.sqltune.evaluation.compare;

import org.sqltune.evaluation.metric.Interval;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.ColumnDescriptor;

/**
 * The difference of a score between two systems, over the questions for which both have a verdict.
 *
 * @param column the score
 * @param baseline the first system's score
 * @param tuned the second system's score
 * @param interval the 95 % bootstrap interval of the difference of shares
 * @param fixed number of questions wrong before and right after
 * @param broken number of questions right before and wrong after
 * @param pValue p-value of McNemar's exact test
 */
public record Difference(
        ColumnDescriptor column, Score baseline, Score tuned, Interval interval, int fixed, int broken, double pValue) {

    /** Returns the second share minus the first; 0 if there are no questions. */
    public double change() {
        return tuned.total() == 0 ? 0 : (double) (tuned.correct() - baseline.correct()) / tuned.total();
    }
}
