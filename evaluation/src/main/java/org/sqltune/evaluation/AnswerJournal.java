package org.sqltune.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.text.Failures;

/**
 * Keeps answers on disk as they come, so that a stopped evaluation can resume. The first line identifies the
 * evaluation; answers of another evaluation are discarded. Not thread-safe.
 */
public final class AnswerJournal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AnswerJournal.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FINGERPRINT = "evaluation";

    /** Writing to the disk takes longer than an answer of a small model. */
    private static final int SYNCED_TOGETHER = 8;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, SqlPrediction> known;
    private int unsynced;

    private AnswerJournal(Path file, FileChannel channel, Map<String, SqlPrediction> known) {
        this.file = file;
        this.channel = channel;
        this.known = known;
    }

    /**
     * Opens a journal, or creates one.
     *
     * @param fingerprint identifies the evaluation: a hash of everything that answers depend on
     * @throws SqlTuneException if the file can't be read or written
     */
    public static AnswerJournal open(Path file, String fingerprint) {
        try {
            Map<String, SqlPrediction> known = read(file, fingerprint);
            if (known.isEmpty()) {
                AtomicFiles.writeString(file, JSON.createObjectNode().put(FINGERPRINT, fingerprint) + "\n");
            } else {
                log.info("Resuming after {} answers of a stopped evaluation ({})", known.size(), file);
                rewrite(file, fingerprint, known);
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND);
            return new AnswerJournal(file, channel, known);
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't keep answers in " + file + ": " + Failures.reason(e) + "; check the folder", e);
        }
    }

    private static Map<String, SqlPrediction> read(Path file, String fingerprint) throws IOException {
        Map<String, SqlPrediction> answers = new HashMap<>();
        if (!Files.exists(file)) {
            return answers;
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        JsonNode head = lines.isEmpty() ? null : parsed(lines.get(0));
        if (head == null || !fingerprint.equals(head.path(FINGERPRINT).asText())) {
            log.info("{} belongs to another evaluation: starting from the beginning", file);
            return answers;
        }
        for (String line : lines.subList(1, lines.size())) {
            JsonNode answer = parsed(line);
            // A killed process may leave a half-written line: that question is asked again.
            JournalLine.read(answer).ifPresent(each -> answers.put(each.id(), each));
        }
        return answers;
    }

    private static void rewrite(Path file, String fingerprint, Map<String, SqlPrediction> answers) {
        StringBuilder text = new StringBuilder();
        text.append(JSON.createObjectNode().put(FINGERPRINT, fingerprint)).append('\n');
        answers.values().forEach(each -> text.append(JournalLine.of(each)));
        AtomicFiles.writeString(file, text.toString());
    }

    private static @Nullable JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Returns the stored answer to a question; null if there is none. */
    @Nullable
    SqlPrediction answer(String id) {
        return known.get(id);
    }

    /** Appends an answer. It outlives the process at once, and the machine with the next few or when this is closed. */
    void add(SqlPrediction answer) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(JournalLine.of(answer));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (++unsynced == SYNCED_TOGETHER) {
                sync();
            }
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't keep answers in " + file + ": " + Failures.reason(e) + "; is the disk full?", e);
        }
    }

    private void sync() throws IOException {
        unsynced = 0;
        channel.force(false);
    }

    /** Deletes the journal, once the evaluation's reports are written. */
    public void finish() {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("Can't delete {}: {}", file, e.toString());
        }
    }

    @Override
    public void close() {
        try {
            if (unsynced > 0) {
                sync();
            }
            channel.close();
        } catch (IOException e) {
            log.warn("Can't close {}: {}", file, e.toString());
        }
    }
}
