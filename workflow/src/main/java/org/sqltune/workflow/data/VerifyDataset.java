package org.sqltune.workflow.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.verify.DataVerifier;
import org.sqltune.data.verify.Verification;
import org.sqltune.data.verify.Verification.VerifiedDatabases;
import org.sqltune.data.verify.Verification.VerifiedFile;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Reads all files of a data set completely, opens its databases, and writes a summary. */
public final class VerifyDataset {
    private final RunDataReader reader;

    /** @param workspace reads the data of configurations */
    public VerifyDataset(Workspace workspace) {
        reader = workspace.data();
    }

    /**
     * A verification request.
     *
     * @param data the data set and its location: {@code data.path}, else {@code data.train_file}
     * @param summary the output file with the result as JSON
     */
    public record Request(DataSettings data, Path summary) {
        /** The default summary file. */
        public static final Path DEFAULT_SUMMARY = Path.of("download_summary.json");

        /** Returns a request with the default summary file. */
        public static Request of(DataSettings data) {
            return new Request(data, DEFAULT_SUMMARY);
        }
    }

    /**
     * The result of a verification.
     *
     * @param place the data set's folder, archive or single file
     * @param verification the state of its files and databases
     * @param summary the file with the same as JSON
     */
    public record Result(Path place, Verification verification, Path summary) {
        /** Summarises what was read. */
        public Summary summarised() {
            VerifiedDatabases databases = verification.databases();
            int readable = databases.databases() - databases.faults().size();
            return new Summary(
                    List.of(new ReportTable(
                            List.of("File", "Rows", "Published", "Bytes", "SHA-256", ""),
                            verification.files().stream().map(Result::row).toList())),
                    List.of(
                            readable + " of " + databases.databases() + " databases can be read, with "
                                    + databases.tables() + " tables",
                            summary.toString()));
        }

        private static List<String> row(VerifiedFile file) {
            return List.of(
                    file.file(),
                    String.valueOf(file.rows()),
                    file.publishedRows() == null ? "" : String.valueOf(file.publishedRows()),
                    String.valueOf(file.bytes()),
                    file.sha256().substring(0, 12),
                    file.faults() > 0 ? file.faults() + " broken" : file.isWhole() ? "whole" : "other number of rows");
        }

        /** Returns the faults, one line each: the first one of each file, and each unreadable database. */
        public List<String> faults() {
            List<String> faults = new ArrayList<>();
            verification.files().stream()
                    .filter(file -> file.faults() > 0)
                    .forEach(file -> faults.add(file.firstFault()));
            faults.addAll(verification.databases().faults());
            return faults;
        }
    }

    /**
     * Verifies the data set. Broken files are part of the result, not an exception.
     *
     * @param listener notified when the files are read and when the summary is written
     * @throws ConfigException if the settings have no location, or it doesn't exist
     * @throws org.sqltune.core.SqlTuneException if an archive can't be unpacked or the summary can't be written
     */
    public Result run(Request request, TaskListener listener) {
        DataSettings data = reader.located(request.data());
        Path place = data.path() == null ? data.trainFile() : data.path();
        if (place == null) {
            throw new ConfigException(
                    "data",
                    List.of("verify what? Name a data set and its place: data.dataset=spider data.path=spider"));
        }
        new NamedPaths().exists("data.path", place).check();
        return verified(data.dataset(), place, request.summary(), listener);
    }

    static Result verified(Dataset dataset, Path place, Path summary, TaskListener listener) {
        ProgressListener progress = listener.began("Verifying");
        Verification verification = new DataVerifier(dataset).verify(place);
        progress.advanced(1, 2, "files read");
        verification.write(dataset.key(), summary);
        progress.advanced(2, 2, "summary written");
        return new Result(place, verification, summary);
    }
}
