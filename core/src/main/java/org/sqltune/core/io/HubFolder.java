package org.sqltune.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;

/**
 * A repository's folder in the cache of Hugging Face's tools, {@code models--owner--name}: the files lie in {@code
 * snapshots/<commit>}, and {@code refs/<branch>} says which commit that is. A copy of it may lack the refs.
 *
 * @see <a href="https://huggingface.co/docs/huggingface_hub/guides/manage-cache">its description</a>
 */
public final class HubFolder {
    private static final String SNAPSHOTS = "snapshots";
    private static final String REFS = "refs";

    private HubFolder() {}

    /** Whether a folder is a repository's: it has snapshots and no files of its own. */
    public static boolean isOne(Path folder) {
        return Files.isDirectory(folder.resolve(SNAPSHOTS))
                && !Files.exists(folder.resolve("config.json"))
                && (Files.isDirectory(folder.resolve("blobs"))
                        || Files.isDirectory(folder.resolve(REFS))
                        || String.valueOf(folder.getFileName()).matches("(?:models|datasets)--.+"));
    }

    /**
     * The folder with a repository's files.
     *
     * @param folder a repository's folder; any other is given back as it is
     * @param revision a branch, a tag or a commit
     * @throws SqlTuneException if the cache doesn't have the revision, and doesn't have just one snapshot either
     */
    public static Path files(Path folder, String revision) {
        if (!isOne(folder)) {
            return folder;
        }
        Path named = folder.resolve(SNAPSHOTS).resolve(commit(folder, revision).orElse(revision));
        if (Files.isDirectory(named)) {
            return named;
        }
        List<String> snapshots = snapshots(folder);
        if (snapshots.size() == 1) {
            return folder.resolve(SNAPSHOTS).resolve(snapshots.get(0));
        }
        throw new SqlTuneException(folder + " is a repository of the hub's cache with "
                + (snapshots.isEmpty() ? "no snapshot" : "the snapshots " + snapshots) + " and no " + REFS + "/"
                + revision
                + ": "
                + (snapshots.isEmpty()
                        ? "download it again"
                        : "name one of them, such as "
                                + folder.resolve(SNAPSHOTS).resolve(snapshots.get(0))));
    }

    /** The only snapshot of a repository's folder; empty if there is none, or several. */
    public static Optional<String> onlySnapshot(Path folder) {
        return Optional.of(snapshots(folder)).filter(all -> all.size() == 1).map(all -> all.get(0));
    }

    private static Optional<String> commit(Path folder, String revision) {
        try {
            return Optional.of(Files.readString(folder.resolve(REFS).resolve(revision))
                            .strip())
                    .filter(commit -> commit.matches("\\w+"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> snapshots(Path folder) {
        try (Stream<Path> inside = Files.list(folder.resolve(SNAPSHOTS))) {
            return inside.filter(Files::isDirectory)
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
