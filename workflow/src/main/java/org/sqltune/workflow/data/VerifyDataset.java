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
import org.sqltune.workflow.NamedPaths;
import org.sqltune.workflow.RunDataReader;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.Workspace;

/** Reads a data set's files to their ends, opens its databases, and writes what it found. */
public final class VerifyDataset {
    private final RunDataReader reader;

    /** @param workspace reads the data that configurations name */
    public VerifyDataset(Workspace workspace) {
        reader = workspace.data();
    }

    /**
     * What to look at.
     *
     * @param data names the data set and its place: {@code data.path}, else {@code data.train_file}
     * @param summary the JSON file that says what was found
     */
    public record Request(DataSettings data, Path summary) {
        /** Where the summary goes unless another file is named. */
        public static final Path DEFAULT_SUMMARY = Path.of("download_summary.json");

        /** With the summary at its usual place. */
        public static Request of(DataSettings data) {
            return new Request(data, DEFAULT_SUMMARY);
        }
    }

    /**
     * What was found.
     *
     * @param place the data set's folder, archive or only file
     * @param verification its files and databases
     * @param summary the same as JSON
     */
    public record Result(Path place, Verification verification, Path summary) {
        /** Returns what is broken, a line each: the first fault of each file, and each database that can't be read. */
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
     * Looks. Broken files are part of the result, not an exception.
     *
     * @param listener told when the files are read, and when the summary is written
     * @throws ConfigException if the settings name no place, or there is nothing
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
