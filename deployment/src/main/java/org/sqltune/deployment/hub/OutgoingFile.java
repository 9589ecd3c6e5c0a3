package org.sqltune.deployment.hub;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.FileHashes;
import org.sqltune.core.text.Failures;
import org.sqltune.model.hub.BlobHash;
import org.sqltune.model.hub.client.RepositoryFile;

/** A file as it is to be in a repository. Immutable; what it was made of may change, which is noticed when it is sent. */
public final class OutgoingFile {
    private static final int SAMPLE_BYTES = 512;

    private final String path;
    private final @Nullable Path source;
    private final byte[] text;
    private final long size;
    private final String sha256;

    private OutgoingFile(String path, @Nullable Path source, byte[] text, long size, String sha256) {
        this.path = path;
        this.source = source;
        this.text = text;
        this.size = size;
        this.sha256 = sha256;
    }

    /**
     * A file of this machine, which is read once for its hash.
     *
     * @param path where it lies in the repository
     * @throws SqlTuneException if it can't be read
     */
    public static OutgoingFile of(String path, Path source) {
        try {
            return new OutgoingFile(path, source, new byte[0], Files.size(source), FileHashes.read(source));
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /** A text, in UTF-8. */
    public static OutgoingFile of(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new OutgoingFile(path, null, bytes, bytes.length, hash(bytes));
    }

    private static String hash(byte[] bytes) {
        MessageDigest digest = FileHashes.sha256();
        digest.update(bytes);
        return FileHashes.hex(digest);
    }

    /** Where it lies in the repository. */
    public String path() {
        return path;
    }

    /** Its length in bytes. */
    public long size() {
        return size;
    }

    /** Its SHA-256, 64 hexadecimal digits: the name of its object in large-file storage. */
    public String sha256() {
        return sha256;
    }

    /** Opens it. */
    InputStream open() throws IOException {
        return source == null ? new ByteArrayInputStream(text) : Files.newInputStream(source);
    }

    /** Its first bytes, by which a hub tells text from other files. */
    byte[] sample() {
        try (InputStream in = open()) {
            return in.readNBytes(SAMPLE_BYTES);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /**
     * All of it.
     *
     * @throws SqlTuneException if it can't be read, or isn't what it was
     */
    public byte[] content() {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes((int) Math.min(size + 1, Integer.MAX_VALUE - 8));
            if (!hash(bytes).equals(sha256)) {
                throw changed();
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /** Whether the repository's file of this name has the same content. */
    boolean equalsRemote(RepositoryFile remote) {
        return switch (BlobHash.of(remote.etag())) {
            case SHA256 -> remote.etag().equals(sha256);
            case GIT_SHA1 -> remote.size() == size && remote.etag().equals(BlobHash.GIT_SHA1.compute(content()));
            case UNKNOWN -> false;
        };
    }

    /** The failure of a file that isn't any more what it was when it was hashed. */
    SqlTuneException changed() {
        return new SqlTuneException((source == null ? path : source.toString())
                + " changed while it was sent: wait until nothing writes it, and publish again");
    }

    /** The failure of a file that can't be read. */
    SqlTuneException unreadable(IOException e) {
        return unreadable(source, e);
    }

    private static SqlTuneException unreadable(@Nullable Path source, IOException e) {
        return new SqlTuneException(
                "Can't read " + source + ": " + Failures.reason(e) + ". Check the file and the disk", e);
    }
}
