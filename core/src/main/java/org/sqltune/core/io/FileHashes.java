package org.sqltune.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 of files, as 64 lower-case hexadecimal digits. A file written through {@link #open} is hashed on its way to the
 * disk, so it isn't read again. For one thread at a time.
 */
public final class FileHashes {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Map<Path, String> written = new TreeMap<>();

    /** Opens a new file for writing; closing the stream records the hash of what went through it. */
    public OutputStream open(Path file) throws IOException {
        MessageDigest digest = sha256();
        return new DigestOutputStream(Files.newOutputStream(file), digest) {
            @Override
            public void close() throws IOException {
                super.close();
                written.computeIfAbsent(file, closed -> hex(digest));
            }
        };
    }

    /** Returns a file's hash: the recorded one if it was written through {@link #open}, else of what is on the disk. */
    public String of(Path file) throws IOException {
        String recorded = written.get(file);
        return recorded == null ? read(file) : recorded;
    }

    /** Reads a file and returns its hash. */
    public static String read(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return hex(digest);
    }

    /** Returns a new digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Ends a digest and returns it as text. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
