package org.sqltune.model.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.model.weight.WeightSource;

/**
 * Files that weights are views of. Where such a file is cut short, using what is gone ends the process, and where it is
 * written to, weights change. So whoever computes asks before each step whether the files are as they were. A file that
 * was replaced by renaming another is none of that: its content lives on. On Linux a lease has another program wait that
 * wants to write to the file, so that the next look comes before the change. Safe for use by several threads.
 */
public final class MappedFiles implements WeightSource.Guard {
    private final Map<Path, Mapped> files = new LinkedHashMap<>();

    /**
     * A file as it was when it was mapped.
     *
     * @param channel keeps this file, whatever has its name later
     * @param size bytes
     * @param changed when it was last written to
     * @param key tells it from another file of its name; null where the system has no such thing
     * @param lease has others wait before they change it; null where there is none
     */
    private record Mapped(
            FileChannel channel,
            long size,
            FileTime changed,
            @Nullable Object key,
            @Nullable FileLease lease) {}

    private final boolean leased;

    /** @param leased whether to take leases where they can be had */
    MappedFiles(boolean leased) {
        this.leased = leased;
    }

    /** Watches a file from now on; one that is watched already stays so. */
    synchronized void watch(Path file) throws IOException {
        if (!files.containsKey(file)) {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            FileLease lease = leased ? FileLease.take(file).orElse(null) : null;
            files.put(file, new Mapped(channel, channel.size(), now.lastModifiedTime(), now.fileKey(), lease));
        }
    }

    /** Whether no file is mapped: all weights were copied. */
    public synchronized boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * Looks at each file; takes some microseconds.
     *
     * @throws SqlTuneException if one was cut short or written to since it was mapped
     */
    @Override
    public synchronized void requireUnchanged() {
        files.forEach(MappedFiles::requireUnchanged);
    }

    private static void requireUnchanged(Path file, Mapped mapped) {
        try {
            if (mapped.lease() != null && mapped.lease().isBroken()) {
                throw changed(file, "is about to be written to by another program");
            }
            long size = mapped.channel().size();
            if (size != mapped.size()) {
                throw changed(file, "has " + size + " bytes, but had " + mapped.size() + " when the model was loaded");
            }
            if (!Files.exists(file)) {
                return;
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            boolean same = Objects.equals(now.fileKey(), mapped.key());
            if (same && !now.lastModifiedTime().equals(mapped.changed())) {
                throw changed(file, "was written to at " + now.lastModifiedTime() + ", while the model was in use");
            }
        } catch (IOException e) {
            throw changed(file, "can't be looked at any more (" + Failures.reason(e) + ")");
        }
    }

    private static SqlTuneException changed(Path file, String what) {
        return new SqlTuneException(file + " " + what
                + ": its weights are used from the file itself. Load the model again, and replace model files by renaming,"
                + " not in place");
    }

    /** Forgets the files. What is mapped stays so. */
    @Override
    public synchronized void close() {
        files.values().forEach(mapped -> {
            if (mapped.lease() != null) {
                mapped.lease().close();
            }
            try {
                mapped.channel().close();
            } catch (IOException e) {
                // Nothing was written through it.
            }
        });
        files.clear();
    }
}
