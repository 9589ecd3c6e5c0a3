package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportFiles;
import picocli.CommandLine.Option;

/** Where an evaluation's report goes, and how good it must be. */
final class ReportOptions {
    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where report.json, predictions.jsonl and report.html go. Without it nothing is written.")
    private @Nullable Path outputDir;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report as JSON as well.")
    private @Nullable Path report;

    @Option(
            names = "--fail-under",
            paramLabel = "SCORE=VALUE",
            description = "End with exit code 1 if a score of report.json is lower, such as execution_accuracy=0.5.")
    private Map<String, Double> failUnder = new LinkedHashMap<>();

    @Nullable
    Path outputDir() {
        return outputDir;
    }

    /** Whether anything is to be done with a report but print it. */
    boolean isAsked() {
        return outputDir != null || report != null || !failUnder.isEmpty();
    }

    /** Finds out what can't be meant before hours of work. */
    void check() {
        List<String> faults = new ArrayList<>();
        failUnder.forEach((name, value) -> {
            if (value.isNaN()) {
                faults.add("--fail-under " + name + " is " + value + "; it must be a number such as 0.5");
            }
        });
        if (!faults.isEmpty()) {
            throw new ConfigException("the command line", faults);
        }
    }

    /**
     * Writes what is asked for.
     *
     * @param folder where the files go; null for none
     */
    void write(Report evaluated, @Nullable Path folder) {
        if (folder != null) {
            ReportFiles.write(evaluated, folder);
        }
        if (report != null) {
            ReportFiles.writeReport(evaluated, report);
        }
    }

    /**
     * Holds the scores against {@code --fail-under}.
     *
     * @throws SqlTuneException if a score is lower, or there is none of that name
     */
    void require(Report evaluated) {
        List<String> faults = new ArrayList<>();
        failUnder.forEach((name, least) -> {
            OptionalDouble value = evaluated.value(name);
            if (value.isEmpty()) {
                String known = evaluated.columns().stream()
                        .map(ColumnDescriptor::name)
                        .sorted()
                        .collect(Collectors.joining(", "));
                faults.add("there is no score " + name + " to hold against --fail-under; there are " + known);
            } else if (value.getAsDouble() < least) {
                faults.add(name + " is " + value.getAsDouble() + ", --fail-under asks for " + least);
            }
        });
        if (!faults.isEmpty()) {
            throw new SqlTuneException(String.join("; ", faults));
        }
    }
}
