package org.sqltune.workflow.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.text.NearestNames;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportFiles;

/**
 * Where an evaluation's report goes, and how good it must be.
 *
 * @param outputDir where report.json, predictions.jsonl and report.html go; null for nowhere
 * @param file where the report goes as JSON as well; null for nowhere
 * @param failUnder the least value of scores, by their names in report.json
 */
public record ReportRequest(
        @Nullable Path outputDir, @Nullable Path file, Map<String, Double> failUnder) {
    private static final Logger log = LoggerFactory.getLogger(ReportRequest.class);

    /** Nothing is written, nothing required. */
    public static final ReportRequest NONE = new ReportRequest(null, null, Map.of());

    /** @throws ConfigException if a least value is no number */
    public ReportRequest {
        failUnder = Collections.unmodifiableMap(new LinkedHashMap<>(failUnder));
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

    /** Files in a folder, nothing required. */
    public static ReportRequest into(Path outputDir) {
        return new ReportRequest(outputDir, null, Map.of());
    }

    /** Returns the same with the new names of scores where old ones are named, each with a line that says so. */
    ReportRequest renamed(Map<String, String> names) {
        Map<String, Double> renamed = new LinkedHashMap<>();
        failUnder.forEach((name, least) -> {
            String now = names.getOrDefault(name, name);
            if (!now.equals(name)) {
                log.warn(
                        "--fail-under {} of a file of predictions is the benchmark's score, which is called {} now;"
                                + " from the next release on {} is ours",
                        name,
                        now,
                        name);
            }
            renamed.put(now, least);
        });
        return new ReportRequest(outputDir, file, renamed);
    }

    /** Returns whether anything is to be done with a report but look at it. */
    boolean isAsked() {
        return outputDir != null || file != null || !failUnder.isEmpty();
    }

    /**
     * Does the work whose reports go into the folder, and keeps the folder from other processes meanwhile.
     *
     * @throws ConfigException if another process uses it
     */
    <T> T whileLocked(Supplier<T> work) {
        Supplier<T> reported = () -> FolderLock.whileWriting(file, "--report", work);
        return outputDir == null
                ? reported.get()
                : FolderLock.inside(outputDir, "--output-dir").during(reported);
    }

    /** Returns the folder of one of several reports; null if nothing is written. */
    @Nullable
    Path folder(String subfolder) {
        return outputDir == null || subfolder.isEmpty() ? outputDir : outputDir.resolve(subfolder);
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
        if (file != null) {
            ReportFiles.writeReport(evaluated, file);
        }
    }

    /**
     * Holds the scores against {@link #failUnder}.
     *
     * @throws SqlTuneException if a score is lower, or there is none of that name
     */
    public void require(Report evaluated) {
        List<String> faults = new ArrayList<>();
        failUnder.forEach((name, least) -> {
            OptionalDouble value = evaluated.value(name);
            if (value.isEmpty()) {
                List<String> known = evaluated.columns().stream()
                        .map(ColumnDescriptor::name)
                        .sorted()
                        .toList();
                faults.add("there is no score " + name + " to hold against --fail-under; there are "
                        + String.join(", ", known) + NearestNames.suggestion(name, known));
            } else if (value.getAsDouble() < least) {
                faults.add(name + " is " + value.getAsDouble() + ", --fail-under asks for " + least);
            }
        });
        if (!faults.isEmpty()) {
            throw new SqlTuneException(String.join("; ", faults));
        }
    }
}
