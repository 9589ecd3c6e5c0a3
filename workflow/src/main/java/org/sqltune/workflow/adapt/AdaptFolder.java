package org.sqltune.workflow.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.text.Secrets;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.source.ExampleRows;

/**
 * The folder of an adaptation: its data, its training configuration, and {@code adapt.json}, which is written when both are
 * complete.
 *
 * @param folder the folder
 */
record AdaptFolder(Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Path train() {
        return folder.resolve("train.jsonl");
    }

    Path validation() {
        return folder.resolve("held_out.jsonl");
    }

    Path test() {
        return folder.resolve("held_out_yours.jsonl");
    }

    Path config() {
        return folder.resolve("train.yaml");
    }

    Path run() {
        return folder.resolve("run");
    }

    Path evaluation(String set, String when) {
        return run().resolve("evaluation").resolve(set + "_" + when);
    }

    private Path state() {
        return folder.resolve("adapt.json");
    }

    /**
     * Facts about an adaptation that a second call needs.
     *
     * @param notes remarks about the data, one sentence each
     * @param example a held-out question
     * @param exampleDatabase the database of that question, as {@code --db} takes it
     */
    record State(List<String> notes, String example, String exampleDatabase) {
        State {
            notes = List.copyOf(notes);
        }
    }

    /** Writes the rows. */
    void write(AdaptData data) {
        SchemaSerializer schemas = new SchemaSerializer(SchemaFormat.TABLE);
        write(train(), data.train(), schemas);
        write(validation(), data.validation(), schemas);
        write(test(), data.test(), schemas);
    }

    private static void write(Path file, List<Example> rows, SchemaSerializer schemas) {
        if (!rows.isEmpty()) {
            ExampleRows.write(file, rows, schemas::serialize);
        }
    }

    /** Deletes the marks of an earlier adaptation, so that one that is broken off isn't taken for complete. */
    void begin() {
        try {
            for (Path file : List.of(state(), config(), train(), validation(), test())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new SqlTuneException("Can't write to " + folder + ": " + e.getMessage() + ". Choose another", e);
        }
    }

    /** Writes the state, after everything else. */
    void write(AdaptRequest request, State state) {
        Map<String, Object> json = new LinkedHashMap<>(asked(request));
        json.put("notes", state.notes());
        json.put("example", state.example());
        json.put("example_database", Secrets.withoutSecrets(state.exampleDatabase()));
        AtomicFiles.writeString(state(), JSON.valueToTree(json).toPrettyString() + "\n");
    }

    /**
     * Reads the state of an earlier call with the same request; null if there is none.
     *
     * @throws ConfigException if the earlier request was another one
     */
    @Nullable
    State resumed(AdaptRequest request) {
        if (!Files.isRegularFile(state())) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(Files.readString(state()));
            List<String> faults = new ArrayList<>();
            asked(request).forEach((option, value) -> {
                String before = json.path(option).asText();
                if (!before.equals(Objects.toString(value))) {
                    faults.add("--" + option + " was " + before + " and is " + value + " now: give " + before
                            + " again, or begin anew without --resume");
                }
            });
            if (!faults.isEmpty()) {
                throw new ConfigException(state().toString(), faults);
            }
            List<String> notes = new ArrayList<>();
            json.path("notes").forEach(note -> notes.add(note.asText()));
            return new State(
                    notes,
                    json.path("example").asText(),
                    json.path("example_database").asText());
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read " + state() + ": " + e.getMessage() + ". Begin anew without --resume", e);
        }
    }

    /** Returns what decides the data and the run, by option. */
    private static Map<String, String> asked(AdaptRequest request) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("db", Secrets.withoutSecrets(request.database()));
        asked.put("model", request.model());
        asked.put("questions", String.valueOf(request.questions()));
        asked.put("minutes", String.valueOf(request.minutes()));
        return asked;
    }
}
