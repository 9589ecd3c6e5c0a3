package org.sqltune.workflow.phases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.text.Failures;
import org.sqltune.core.text.Secrets;

/** {@code phases.json} in a run's folder: how each phase ended last. */
final class PhaseFile {
    /** Its name. */
    static final String NAME = "phases.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final Map<Phase, PhaseRecord> records;

    private PhaseFile(Path file, Map<Phase, PhaseRecord> records) {
        this.file = file;
        this.records = records;
    }

    /**
     * Reads it; without one, no phase has ended.
     *
     * @throws SqlTuneException if it is damaged
     */
    static PhaseFile in(Path folder) {
        Path file = folder.resolve(NAME);
        Map<Phase, PhaseRecord> records = new EnumMap<>(Phase.class);
        if (Files.exists(file)) {
            try {
                records.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<Phase, PhaseRecord>>() {}));
            } catch (IOException e) {
                throw new SqlTuneException(
                        file + " can't be read (" + Failures.reason(e) + "): delete it, and every phase runs again", e);
            }
        }
        return new PhaseFile(file, records);
    }

    Optional<PhaseRecord> of(Phase phase) {
        return Optional.ofNullable(records.get(phase));
    }

    /** Records the end of a phase. */
    void put(Phase phase, PhaseRecord record) {
        records.put(phase, record);
        try {
            AtomicFiles.writeString(file, Secrets.masked(JSON.writeValueAsString(records)) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
