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
 * The output of an evaluation's report, and required scores.
 *
 * @param outputDir the folder for report.json, predictions.jsonl and report.html; null for none
 * @param file another file for the report as JSON; null for none
 * @param failUnder minimal values of scores, by their names in report.json
 */
public record ReportRequest(
        @Nullable Path outputDir, @Nullable Path file, Map<String, Double> failUnder) {
    private static final Logger log = LoggerFactory.getLogger(ReportRequest.class);

    /** Writes nothing and requires nothing. */
    public static final ReportRequest NONE = new ReportRequest(null, null, Map.of());

    /** @throws ConfigException if a minimal value isn't a number */
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

    /** Returns a request to write into a folder, without required scores. */
    public static ReportRequest into(Path outputDir) {
        return new ReportRequest(outputDir, null, Map.of());
    }

    /** Returns this request with old score names replaced by new ones; logs a warning for each. */
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

    /** Returns whether the request writes or requires anything. */
    boolean isAsked() {
        return outputDir != null || file != null || !failUnder.isEmpty();
    }

    /**
     * Runs the work while the output folder is locked against other processes.
     *
     * @throws ConfigException if another process uses the folder
     */
    <T> T whileLocked(Supplier<T> work) {
        Supplier<T> reported = () -> FolderLock.whileWriting(file, "--report", work);
        return outputDir == null
                ? reported.get()
                : FolderLock.inside(outputDir, "--output-dir").during(reported);
    }

    /** Returns a subfolder for one of several reports; null if nothing is written. */
    @Nullable
    Path folder(String subfolder) {
        return outputDir == null || subfolder.isEmpty() ? outputDir : outputDir.resolve(subfolder);
    }

    /**
     * Writes the requested files.
     *
     * @param folder the output folder; null for none
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
     * Checks the scores against {@link #failUnder}.
     *
     * @throws SqlTuneException if a score is lower or doesn't exist
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
                faults.add("there is no score " + name + " for --fail-under; there are " + String.join(", ", known)
                        + NearestNames.suggestion(name, known));
            } else if (value.getAsDouble() < least) {
                faults.add(name + " is " + value.getAsDouble() + ", --fail-under asks for " + least);
            }
        });
        if (!faults.isEmpty()) {
            throw new SqlTuneException(String.join("; ", faults));
        }
    }
}
