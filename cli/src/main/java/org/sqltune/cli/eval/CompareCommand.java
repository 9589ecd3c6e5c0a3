package org.sqltune.cli.eval;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonFiles;
import org.sqltune.workflow.evaluate.CompareReports;
import org.sqltune.workflow.evaluate.EvaluationSummaries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune compare}: two reports on the same questions side by side. */
@Command(
        name = "compare",
        description =
                "Compares two reports on the same questions: what was fixed, what was broken, and whether it is chance.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune compare scores/baseline/report.json scores/tuned/report.json --output-dir scores",
            "  sqltune compare outputs/demo/evaluation/test_before outputs/demo/evaluation/test_after"
        })
public final class CompareCommand implements Runnable {
    private final Console console;

    @Parameters(index = "0", paramLabel = "BASELINE", description = "A report.json, or the folder it lies in.")
    private Path baseline = Path.of("");

    @Parameters(index = "1", paramLabel = "TUNED", description = "The other.")
    private Path tuned = Path.of("");

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where comparison.json and comparison.html go. Without it nothing is written.")
    private @Nullable Path outputDir;

    /** @param console gets the comparison */
    public CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        CompareReports.Request request = new CompareReports.Request(baseline, tuned, outputDir);
        print(console, new CompareReports().run(request), outputDir);
    }

    /** @param folder where the comparison's files are; null for nowhere */
    static void print(Console console, Comparison comparison, @Nullable Path folder) {
        console.print(EvaluationSummaries.of(comparison));
        if (folder != null) {
            console.out().println("On a page: " + folder.resolve(ComparisonFiles.PAGE));
        }
    }
}
