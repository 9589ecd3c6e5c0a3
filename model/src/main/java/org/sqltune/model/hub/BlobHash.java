package org.sqltune.model.hub;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How the hub hashes a file's content. The etag of a file in large-file storage is the SHA-256 of its bytes; that of any
 * other is the name git gives its blob, a SHA-1 with the length in front.
 *
 * @see <a href="https://git-scm.com/book/en/v2/Git-Internals-Git-Objects">Git objects</a>
 */
public enum BlobHash {
    /** Of large files. */
    SHA256,
    /** Of all others. */
    GIT_SHA1,
    /** Something that a mirror made up: the bytes can't be checked against it. */
    UNKNOWN;

    private static final int BUFFER_BYTES = 1 << 20;

    /** The kind that an etag is of, by its length. */
    public static BlobHash of(String etag) {
        if (!etag.matches("[0-9a-f]+")) {
            return UNKNOWN;
        }
        return switch (etag.length()) {
            case 64 -> SHA256;
            case 40 -> GIT_SHA1;
            default -> UNKNOWN;
        };
    }

    /** The hash of a file's content, in lower-case hex digits. */
    public String compute(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return compute(Files.size(file), in);
        }
    }

    /** The hash of bytes, in lower-case hex digits. */
    public String compute(byte[] bytes) {
        try {
            return compute(bytes.length, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be read", e);
        }
    }

    private String compute(long size, InputStream in) throws IOException {
        MessageDigest digest = digest();
        if (this == GIT_SHA1) {
            digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(
                    switch (this) {
                        case SHA256 -> "SHA-256";
                        case GIT_SHA1 -> "SHA-1";
                        case UNKNOWN -> throw new IllegalStateException("There is nothing to compare with");
                    });
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1 and SHA-256", e);
        }
    }
}
