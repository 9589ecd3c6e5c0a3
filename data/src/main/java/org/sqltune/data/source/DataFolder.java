package org.sqltune.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.text.Failures;
import org.sqltune.data.archive.Archives;
import org.sqltune.data.archive.UnpackingLimits;

/**
 * Finds the folder of a data set. The given path may be that folder, a folder that contains it ({@code
 * spider/spider_data/}), or an archive of either, which is unpacked.
 */
public final class DataFolder {
    private static final int LEVELS = 2;

    private DataFolder() {}

    /**
     * Finds the folder that contains one of several files.
     *
     * @param path a folder or an archive
     * @param marks file names, at least one of which the data set has
     * @param remedy where to get the data set
     * @throws SqlTuneException if {@code path} is neither a folder nor an archive, or the archive can't be unpacked
     * @return the folder closest to {@code path}; the outermost one if no folder has such a file
     */
    public static Path find(Path path, List<String> marks, String remedy) {
        Path outer = path;
        if (Archives.isArchive(path)) {
            outer = new Archives(UnpackingLimits.DEFAULTS).unpacked(path);
        } else if (!Files.isDirectory(path)) {
            throw new SqlTuneException("No folder " + path + ": data.path must be a folder or an archive; " + remedy);
        }
        return holder(List.of(outer), marks, LEVELS).orElse(outer);
    }

    private static Optional<Path> holder(List<Path> folders, List<String> marks, int levelsBelow) {
        for (Path folder : folders) {
            if (marks.stream().map(folder::resolve).anyMatch(Files::exists)) {
                return Optional.of(folder);
            }
        }
        if (levelsBelow == 0 || folders.isEmpty()) {
            return Optional.empty();
        }
        List<Path> below =
                folders.stream().flatMap(folder -> foldersIn(folder).stream()).toList();
        return holder(below, marks, levelsBelow - 1);
    }

    private static List<Path> foldersIn(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            // Spider's database/ has a folder per database and contains no data set.
            return inside.filter(Files::isDirectory)
                    .filter(each -> !String.valueOf(each.getFileName()).contains("database"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the folder " + folder + ": " + Failures.reason(e) + "; check the path", e);
        }
    }
}
