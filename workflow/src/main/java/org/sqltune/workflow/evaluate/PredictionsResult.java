package org.sqltune.workflow.evaluate;

import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.spider.SpiderReport;

/**
 * The scores of a file of predictions.
 *
 * @param report with every row; null of Spider where nothing is to be done with it
 * @param spider the official scripts' tables; null of the other benchmarks
 */
public record PredictionsResult(
        @Nullable Report report, @Nullable SpiderReport spider) {}
