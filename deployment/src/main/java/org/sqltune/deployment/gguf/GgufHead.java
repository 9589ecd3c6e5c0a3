package org.sqltune.deployment.gguf;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;

/**
 * What stands at the head of a GGUF file.
 *
 * @param version the format's: 2 or 3
 * @param metadata values by key, in the file's order: a Long, Double, Boolean, String, or a List of one of them
 * @param tensors in the file's order
 * @param dataStart where the tensors' numbers begin, in bytes
 * @param fileBytes length of the file
 */
public record GgufHead(
        int version, Map<String, Object> metadata, List<TensorEntry> tensors, long dataStart, long fileBytes) {
    public GgufHead {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads it.
     *
     * @throws SqlTuneException if the file can't be read, is no GGUF file of version 2 or 3, or is damaged: if it ends early,
     *     tensors overlap or lie outside of it, names occur twice, or a value is of no known kind
     */
    public static GgufHead read(Path file) {
        return GgufReader.read(file);
    }

    /**
     * Where a tensor lies.
     *
     * @param name its name
     * @param axes their lengths, the innermost first
     * @param type its type as llama.cpp spells it, or {@code type 23} for one that SqlTune doesn't know
     * @param offset where its numbers begin behind {@code dataStart}, in bytes
     * @param bytes how many bytes it takes; -1 for a type that SqlTune doesn't know
     */
    public record TensorEntry(String name, List<Long> axes, String type, long offset, long bytes) {
        public TensorEntry {
            axes = List.copyOf(axes);
        }

        /** How many numbers it has. */
        public long numbers() {
            return axes.stream().reduce(1L, (a, b) -> a * b);
        }
    }

    /** How many numbers all tensors have. */
    public long numbers() {
        return tensors.stream().mapToLong(TensorEntry::numbers).sum();
    }
}
