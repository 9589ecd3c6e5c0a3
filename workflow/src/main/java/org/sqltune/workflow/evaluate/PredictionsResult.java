package org.sqltune.workflow.evaluate;

import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.TitleBlock;

/**
 * The scores of a file of predictions.
 *
 * @param title what was scored
 * @param report with every row; null where the benchmark's own tables are all that is asked for
 * @param official what the benchmark's own programs print
 */
public record PredictionsResult(TitleBlock title, @Nullable Report report, BenchmarkScores.Output official) {}
