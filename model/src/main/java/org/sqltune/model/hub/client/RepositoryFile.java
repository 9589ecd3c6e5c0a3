package org.sqltune.model.hub.client;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.hub.BlobHash;

/**
 * One file of a repository at one commit.
 *
 * @param path where it lies in the repository, with slashes
 * @param size in bytes
 * @param etag the hash of its content, which is the name of its blob in a cache; see {@link BlobHash}
 */
public record RepositoryFile(String path, long size, String etag) {
    private static final List<String> ELSEWHERE = List.of("", ".", "..");
    private static final Pattern ETAG = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}");

    public RepositoryFile {
        if (List.of(path.split("/", -1)).stream().anyMatch(ELSEWHERE::contains)
                || path.matches(".*[\\\\:\\p{Cntrl}].*")) {
            throw new SqlTuneException("The repository has a file '" + path
                    + "', whose name could lead out of the cache: don't use this repository");
        }
        if (!ETAG.matcher(etag).matches() || size < 0) {
            throw new SqlTuneException("The hub gives " + path + " the size " + size + " and the hash '" + etag
                    + "', which can't be: check HF_ENDPOINT");
        }
    }

    /** Its place below a folder. */
    public Path in(Path folder) {
        return folder.resolve(path);
    }
}
