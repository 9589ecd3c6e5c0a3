package org.sqltune.evaluation.compare;

import org.sqltune.evaluation.metric.Interval;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.ColumnDescriptor;

/**
 * How a score differs, over the questions where it was decided for both.
 *
 * @param column the score
 * @param baseline the first system's
 * @param tuned the second system's
 * @param interval of the difference of shares, by bootstrap, for 95 %
 * @param fixed questions wrong before and right after
 * @param broken questions right before and wrong after
 * @param pValue of McNemar's exact test
 */
public record Difference(
        ColumnDescriptor column, Score baseline, Score tuned, Interval interval, int fixed, int broken, double pValue) {

    /** The second share minus the first; 0 if there is no question. */
    public double change() {
        return tuned.total() == 0 ? 0 : (double) (tuned.correct() - baseline.correct()) / tuned.total();
    }
}
