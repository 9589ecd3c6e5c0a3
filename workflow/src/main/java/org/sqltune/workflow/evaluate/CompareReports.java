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
     * Which reports are compared.
     *
     * @param baseline a report.json, or the folder it lies in
     * @param tuned the other
     * @param outputDir where comparison.json and comparison.html go; null for nowhere
     */
    public record Request(
            Path baseline, Path tuned, @Nullable Path outputDir) {}

    /**
     * Compares, and writes the files that are asked for.
     *
     * @throws org.sqltune.core.config.ConfigException if a report isn't there
     * @throws org.sqltune.core.SqlTuneException if one can't be read, or they are not on the same questions
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
