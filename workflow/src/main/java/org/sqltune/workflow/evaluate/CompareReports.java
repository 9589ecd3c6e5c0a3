package org.sqltune.workflow.evaluate;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.io.FolderLock;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonFiles;
import org.sqltune.evaluation.report.ReportReader;
import org.sqltune.workflow.NamedPaths;

/** Compares two reports on the same questions. */
public final class CompareReports {
    /**
     * A comparison request.
     *
     * @param baseline a report.json, or its folder
     * @param tuned the other report
     * @param outputDir the folder for comparison.json and comparison.html; null for none
     */
    public record Request(
            Path baseline, Path tuned, @Nullable Path outputDir) {}

    /**
     * Compares the reports and writes the requested files.
     *
     * @throws org.sqltune.core.config.ConfigException if a report is missing
     * @throws org.sqltune.core.SqlTuneException if a report can't be read, or the reports have different questions
     */
    public Comparison run(Request request) {
        new NamedPaths()
                .exists("BASELINE", request.baseline())
                .exists("TUNED", request.tuned())
                .check();
        Comparison comparison =
                new Comparison(ReportReader.read(request.baseline()), ReportReader.read(request.tuned()));
        Path folder = request.outputDir();
        return folder == null
                ? comparison
                : FolderLock.inside(folder, "--output-dir").during(() -> {
                    ComparisonFiles.write(comparison, folder);
                    return comparison;
                });
    }
}
