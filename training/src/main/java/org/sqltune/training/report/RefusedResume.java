package org.sqltune.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.training.ResumeChange;
import org.sqltune.training.checkpoint.ResumeRefusedException;

/**
 * The last attempt to resume a run that was refused: the key {@code refused_resume} of its run.json, whose other keys stay.
 *
 * @param at when, ISO 8601 in UTC
 * @param checkpoint the checkpoint's name
 * @param changes everything that had changed since
 */
record RefusedResume(String at, String checkpoint, List<ResumeChange> changes) {
    private static final String KEY = "refused_resume";

    /** Adds an attempt to the run.json of a folder; does nothing if there is none. */
    static void addTo(Path folder, ResumeRefusedException refused, Instant now) {
        Path file = folder.resolve(RunRecord.FILE);
        if (!Files.exists(file)) {
            return;
        }
        try {
            JsonNode record = RunRecord.JSON.readTree(file.toFile());
            if (record instanceof ObjectNode run) {
                run.set(
                        KEY,
                        RunRecord.JSON.valueToTree(
                                new RefusedResume(now.toString(), refused.checkpoint(), refused.changes())));
                AtomicFiles.writeString(file, RunRecord.JSON.writeValueAsString(run) + "\n");
            }
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
