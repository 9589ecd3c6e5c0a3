package org.sqltune.data.verify;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.text.Failures;
import org.sqltune.data.archive.Archives;
import org.sqltune.data.archive.UnpackingLimits;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.verify.Verification.VerifiedFile;

/** Reads all files of a data set completely and opens its databases. */
public final class DataVerifier {
    private static final int LEVELS = 6;

    private final Dataset dataset;

    /** @param dataset the data set whose published sizes are compared */
    public DataVerifier(Dataset dataset) {
        this.dataset = dataset;
    }

    /**
     * Verifies everything in a folder.
     *
     * @param path the data set's folder, archive or single file
     * @throws SqlTuneException if {@code path} doesn't exist, or the archive can't be unpacked
     */
    public Verification verify(Path path) {
        Path folder = Archives.isArchive(path) ? new Archives(UnpackingLimits.DEFAULTS).unpacked(path) : path;
        if (!Files.exists(folder)) {
            throw new SqlTuneException("No file or folder " + folder + ": check data.path");
        }
        List<VerifiedFile> files = new ArrayList<>();
        List<Path> databases = new ArrayList<>();
        for (Path file : below(folder)) {
            if (isDatabase(file)) {
                databases.add(file);
            } else if (RowFiles.isRowFile(file) && !isDescription(folder.relativize(file))) {
                files.add(file(folder, file));
            }
        }
        return new Verification(folder, files, new DatabaseCheck().check(databases));
    }

    /** Lists the files below a folder, following links because a hub snapshot consists of links. */
    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.find(
                folder, LEVELS, (file, attributes) -> attributes.isRegularFile(), FileVisitOption.FOLLOW_LINKS)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the folder " + folder + ": " + Failures.reason(e) + "; check the path", e);
        }
    }

    private static boolean isDatabase(Path file) {
        String name = lowerName(file);
        return name.endsWith(".sqlite") || name.endsWith(".db");
    }

    /**
     * Returns whether the file belongs to a database, such as BIRD's column descriptions, rather than to the rows of
     * the data set.
     */
    private static boolean isDescription(Path file) {
        for (int i = 0; i < file.getNameCount() - 1; i++) {
            if (lowerName(file.getName(i)).contains("database")) {
                return true;
            }
        }
        return false;
    }

    private static String lowerName(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    private VerifiedFile file(Path folder, Path file) {
        Faults faults = new Faults();
        try {
            RowFiles.forEach(file, faults, row -> {});
        } catch (SqlTuneException e) {
            faults.broken(e);
        }
        String name = String.valueOf(file.getFileName());
        try {
            return new VerifiedFile(
                    folder.equals(file) ? name : folder.relativize(file).toString(),
                    Files.size(file),
                    MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString(),
                    Math.max(0, faults.rows - faults.count),
                    PublishedRows.of(dataset, name).orElse(null),
                    faults.count,
                    faults.first);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the path", e);
        }
    }

    private static final class Faults implements RowFaults {
        private int rows;
        private int count;
        private String first = "";

        @Override
        public void row() {
            rows++;
        }

        @Override
        public void broken(SqlTuneException fault) {
            count++;
            if (first.isEmpty()) {
                first = String.valueOf(fault.getMessage());
            }
        }
    }
}
