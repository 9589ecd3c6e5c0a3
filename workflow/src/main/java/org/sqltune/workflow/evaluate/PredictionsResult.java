package org.sqltune.workflow.evaluate;

import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.TitleBlock;

/**
 * The scores of a file of predictions.
 *
 * @param title the title block
 * @param report the report with every row; null if only the benchmark's own tables were requested
 * @param official the output of the benchmark's own programs
 */
public record PredictionsResult(TitleBlock title, @Nullable Report report, BenchmarkScores.Output official) {}
