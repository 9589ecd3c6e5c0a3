package org.sqltune.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.HubFolder;
import org.sqltune.core.text.Failures;
import org.sqltune.data.archive.Archives;
import org.sqltune.data.archive.UnpackingLimits;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.rows.UniqueIds;
import org.sqltune.data.rows.Wanted;
import org.sqltune.data.split.Splits;

/**
 * A data set as the hub publishes it: a file of rows or a folder of such files. {@code train}, {@code validation} or
 * {@code test} in a file's name determines its use; a single file is for training.
 */
final class PublishedFiles {
    private static final int LEVELS = 2;

    private final Path path;
    private final String remedy;
    private final boolean skipBad;

    PublishedFiles(Path path, String remedy, boolean skipBad) {
        this.path = path;
        this.remedy = remedy;
        this.skipBad = skipBad;
    }

    /** Turns a row into an example; returns null after rejecting the row through the intake. */
    @FunctionalInterface
    interface RowReader {
        @Nullable
        Example read(JsonRow row, Intake intake);
    }

    /** @param wanted the fields that {@code reader} uses */
    Splits<Example> read(Wanted wanted, RowReader reader) {
        List<Path> train = new ArrayList<>();
        List<Path> validation = new ArrayList<>();
        List<Path> test = new ArrayList<>();
        List<Path> files = files();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            if (name.contains("test")) {
                test.add(file);
            } else if (name.contains("validation") || name.contains("dev")) {
                validation.add(file);
            } else if (name.contains("train") || files.size() == 1) {
                train.add(file);
            }
        }
        if (train.isEmpty()) {
            throw new SqlTuneException("No train file in " + path + ": it needs one of " + RowFiles.ENDINGS
                    + " with train in its name" + (remedy.isEmpty() ? "" : "; " + remedy));
        }
        List<String> notes = new ArrayList<>();
        List<RowCount> counts = new ArrayList<>();
        return new Splits<>(
                examples(train, wanted, reader, notes, counts),
                examples(validation, wanted, reader, notes, counts),
                examples(test, wanted, reader, notes, counts),
                notes,
                counts);
    }

    private List<Path> files() {
        if (Archives.isArchive(path)) {
            return filesBelow(new Archives(UnpackingLimits.DEFAULTS).unpacked(path));
        }
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new SqlTuneException("No file or folder " + path + (remedy.isEmpty() ? "" : ": " + remedy));
        }
        return filesBelow(HubFolder.files(path, "main"));
    }

    /**
     * Lists the files, following links because a hub snapshot consists of links. If there are several formats, only the
     * first in {@link RowFiles#ENDINGS} counts.
     */
    private static List<Path> filesBelow(Path folder) {
        try (Stream<Path> inside = Files.find(
                folder,
                LEVELS,
                (file, attributes) -> RowFiles.isRowFile(file),
                java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = inside.sorted().toList();
            for (String ending : RowFiles.ENDINGS) {
                List<Path> ofOneForm = files.stream()
                        .filter(file -> String.valueOf(file.getFileName())
                                .toLowerCase(Locale.ROOT)
                                .endsWith(ending))
                        .toList();
                if (!ofOneForm.isEmpty()) {
                    return ofOneForm;
                }
            }
            return List.of();
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't read the folder " + folder + ": " + Failures.reason(e) + "; check the path", e);
        }
    }

    private List<Example> examples(
            List<Path> files, Wanted wanted, RowReader reader, List<String> notes, List<RowCount> counts) {
        List<Example> examples = new ArrayList<>();
        UniqueIds ids = new UniqueIds();
        for (Path file : files) {
            int before = examples.size();
            Intake intake = new Intake(file, skipBad);
            RowFiles.forEach(file, wanted, intake, row -> {
                Example example = reader.read(row, intake);
                if (example != null) {
                    ids.of(row);
                    examples.add(example);
                }
            });
            RowCount count = intake.count(examples.size() - before);
            counts.add(count);
            notes.addAll(intake.notes());
        }
        return examples;
    }
}
