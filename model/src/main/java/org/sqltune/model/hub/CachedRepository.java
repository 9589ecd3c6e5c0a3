package org.sqltune.model.hub;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.HubFolder;
import org.sqltune.model.hub.client.RepositoryFile;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.json.JsonObjects;

/** One repository's folder in the cache. Everything appears in it whole, by a rename. */
final class CachedRepository {
    private final Path folder;
    private final Path locks;
    private final boolean symlinks;

    /**
     * @param folder its folder; need not exist yet
     * @param locks where the locks for it lie
     * @param symlinks whether links may be tried
     */
    CachedRepository(Path folder, Path locks, boolean symlinks) {
        this.folder = folder;
        this.locks = locks;
        this.symlinks = symlinks;
    }

    /** The folder of all content. */
    Path blobs() {
        return folder.resolve("blobs");
    }

    /** Where the content with this hash belongs. */
    Path blob(String etag) {
        return blobs().resolve(etag);
    }

    /** The file to lock while that content is fetched. */
    Path lock(String etag) {
        return locks.resolve(etag + ".lock");
    }

    /** The folder that shows the files of a commit. */
    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    /** The commit that a revision stood for when it was last asked for; none if it never was. */
    Optional<String> commit(String revision) {
        if (RepositoryRevision.isCommit(revision)) {
            return Optional.of(revision);
        }
        try {
            return Optional.of(Files.readString(ref(revision)).strip()).filter(RepositoryRevision::isCommit);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The commit of the only snapshot, if there is just one: a cache that was copied may lack the refs. */
    Optional<String> onlyCommit() {
        return HubFolder.onlySnapshot(folder).filter(RepositoryRevision::isCommit);
    }

    /** Notes which commit a revision stands for. */
    void pin(String revision, String commit) {
        if (!RepositoryRevision.isCommit(revision) && !commit(revision).equals(Optional.of(commit))) {
            place(ref(revision), temporary -> Files.writeString(temporary, commit));
        }
    }

    private Path ref(String revision) {
        return folder.resolve("refs").resolve(revision);
    }

    /** Whether a file of a commit is there, in full length. */
    boolean has(String commit, RepositoryFile file) {
        return size(file.in(snapshot(commit))) == file.size();
    }

    /** Whether content is there, in full length. */
    boolean hasBlob(RepositoryFile file) {
        return size(blob(file.etag())) == file.size();
    }

    /** Bytes of a file; -1 if there is none. */
    static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** Whether there is a file of this name in a commit. */
    boolean has(String commit, String path) {
        return Files.isRegularFile(snapshot(commit).resolve(path));
    }

    /** Whether it is known that the commit has no such file: by a mark, or by the list that newer tools keep. */
    boolean lacks(String commit, String path) {
        if (Files.exists(mark(commit, path))) {
            return true;
        }
        Path list = folder.resolve("trees").resolve(commit + ".json");
        if (!Files.exists(list)) {
            return false;
        }
        try {
            JsonNode files = JsonObjects.read(list).path("files");
            return files.isObject() && !files.has(path);
        } catch (SqlTuneException e) {
            // A damaged list says nothing.
            return false;
        }
    }

    /** Notes that the commit has no such file. */
    void markLacking(String commit, String path) {
        if (!Files.exists(mark(commit, path))) {
            place(mark(commit, path), Files::createFile);
        }
    }

    private Path mark(String commit, String path) {
        return folder.resolve(".no_exist").resolve(commit).resolve(path);
    }

    /** Shows a blob as a file of a commit: as a relative link, else under a second name, else as a copy. */
    void show(String commit, RepositoryFile file) {
        if (!has(commit, file)) {
            Path blob = blob(file.etag());
            place(file.in(snapshot(commit)), temporary -> link(temporary, blob));
        }
    }

    private void link(Path link, Path blob) throws IOException {
        if (symlinks) {
            try {
                Files.createSymbolicLink(link, requireNonNull(link.getParent()).relativize(blob));
                return;
            } catch (UnsupportedOperationException | FileSystemException e) {
                // Windows keeps links to the privileged, some file systems have none.
            }
        }
        try {
            Files.createLink(link, blob.toRealPath());
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(blob, link);
        }
    }

    @FunctionalInterface
    private interface Making {
        void make(Path temporary) throws IOException;
    }

    /** Makes something under a name of its own, and moves it to where it belongs: others see all of it or nothing. */
    private static void place(Path target, Making making) {
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(target.getParent());
            try {
                making.make(temporary);
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
    }

    /** Renames a file, over another of that name. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The failure to write something into the cache. */
    static SqlTuneException cannotWrite(Path target, IOException e) {
        return new SqlTuneException(
                "Can't write " + target + ": " + (e instanceof NoSuchFileException ? e.toString() : e.getMessage())
                        + ". Check that the disk has room and the folder is writable, or name another one by HF_HOME;"
                        + " what has come so far is kept",
                e);
    }
}
