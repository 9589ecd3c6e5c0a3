package org.sqltune.model.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileHashes;

/**
 * A fingerprint of a model's folder that costs the same for every size: it tells models, revisions and fine-tunes apart, but
 * doesn't prove that every bit of a large file is as it was. Files of up to 64 MB are read as a whole, of a larger one its
 * length, its first megabyte (in safetensors the names and shapes) and 256 blocks of 64 KiB at equal distances.
 */
public final class FolderFingerprint {
    private static final long WHOLE_BYTES = 64 << 20;
    private static final int FIRST_BYTES = 1 << 20;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int BLOCKS = 256;
    private static final List<String> SMALL_FILES = List.of("config.json", "tokenizer.json", "tokenizer_config.json");

    private FolderFingerprint() {}

    /**
     * Returns the SHA-256 over the configuration, the tokenizer and the weights in safetensors.
     *
     * @throws SqlTuneException if a file can't be read
     */
    public static String of(Path folder) {
        MessageDigest digest = FileHashes.sha256();
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.filter(FolderFingerprint::counts).sorted().toList()) {
                digest.update((file.getFileName() + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
                add(digest, file);
            }
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + folder + ": " + e + ". Check the disk", e);
        }
        return FileHashes.hex(digest);
    }

    private static boolean counts(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file) && (SMALL_FILES.contains(name) || name.endsWith(".safetensors"));
    }

    private static void add(MessageDigest digest, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size <= WHOLE_BYTES) {
                add(digest, channel, 0, size);
                return;
            }
            add(digest, channel, 0, FIRST_BYTES);
            for (int i = 1; i <= BLOCKS; i++) {
                add(digest, channel, (size - BLOCK_BYTES) / BLOCKS * i, BLOCK_BYTES);
            }
        }
    }

    private static void add(MessageDigest digest, FileChannel channel, long start, long bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);
        for (long at = start; at < start + bytes; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), start + bytes - at));
            int read = channel.read(buffer, at);
            if (read < 0) {
                return;
            }
            digest.update(buffer.flip());
            at += read;
        }
    }
}
