package org.sqltune.model.hub.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A repository of the {@link FakeHub}: one commit, on the branch main. */
public final class FakeRepository {
    final RepositoryType type;
    final String name;
    final Map<String, byte[]> files = new TreeMap<>();
    public String commit = "0123456789abcdef0123456789abcdef01234567";
    /** The token that may read it; empty for everybody. */
    String token = "";
    /** Whether reading files needs more than the token. */
    boolean gated;

    public FakeRepository(RepositoryType type, String name) {
        this.type = type;
        this.name = name;
    }

    public FakeRepository with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public FakeRepository with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    FakeRepository withFolder(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.toList()) {
                with(file.getFileName().toString(), Files.readAllBytes(file));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Large files lie elsewhere and are hashed by SHA-256. */
    static boolean isLarge(String path) {
        return path.matches(".*\\.(safetensors|bin|parquet)");
    }

    public String etag(String path) {
        byte[] content = files.get(path);
        return isLarge(path)
                ? hex("SHA-256", content)
                : hex("SHA-1", ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII), content);
    }

    private static String hex(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            Stream.of(parts).forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
