package org.sqltune.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.text.Failures;

/** Lists the {@code checkpoint-N} folders in a run's folder and deletes old ones. */
public final class CheckpointFolders {
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d+)");
    private static final String SET_ASIDE = "set_aside";

    private final Path runFolder;

    CheckpointFolders(Path runFolder) {
        this.runFolder = runFolder;
    }

    /** Returns the folder of a step's checkpoint, whether it exists or not. */
    public Path of(int step) {
        return runFolder.resolve("checkpoint-" + step);
    }

    /** Returns the steps that have a checkpoint, newest first. */
    public List<Integer> steps() {
        List<Integer> steps = new ArrayList<>();
        if (Files.isDirectory(runFolder)) {
            try (Stream<Path> inside = Files.list(runFolder)) {
                inside.forEach(path -> {
                    Matcher matcher = NAME.matcher(path.getFileName().toString());
                    if (matcher.matches()) {
                        steps.add(Integer.valueOf(matcher.group(1)));
                    }
                });
            } catch (IOException e) {
                throw new SqlTuneException("Can't list " + runFolder + ": " + Failures.reason(e), e);
            }
        }
        steps.sort(Comparator.reverseOrder());
        return steps;
    }

    /** Creates the run's folder and deletes the incomplete checkpoints that a killed run left in it. */
    public void prepare() {
        try {
            Files.createDirectories(runFolder);
            AtomicFiles.deleteLeftovers(runFolder, name -> NAME.matcher(name).matches() || name.equals(SET_ASIDE));
        } catch (IOException e) {
            throw new SqlTuneException(
                    "Can't use the folder " + runFolder + ": " + Failures.reason(e)
                            + ". Choose another training.output_dir",
                    e);
        }
    }

    /**
     * Moves the checkpoints after a step into the folder {@code set_aside}. They belong to an earlier run or are
     * damaged, and must not be confused with those that the run is about to write.
     *
     * @return the folder {@code set_aside}; empty if no checkpoint was moved
     */
    public Optional<Path> setAsideAfter(int step) {
        List<Integer> later = steps().stream().filter(each -> each > step).toList();
        if (later.isEmpty()) {
            return Optional.empty();
        }
        Path aside = runFolder.resolve(SET_ASIDE);
        try {
            AtomicFiles.deleteFolder(aside);
            Files.createDirectory(aside);
            for (int each : later) {
                Files.move(of(each), aside.resolve(of(each).getFileName()));
            }
        } catch (IOException e) {
            throw new SqlTuneException("Can't move old checkpoints to " + aside + ": " + Failures.reason(e), e);
        }
        return Optional.of(aside);
    }

    /** Deletes the folder {@code set_aside}; called when this run has written its first checkpoint. */
    void discardSetAside() {
        delete(runFolder.resolve(SET_ASIDE));
    }

    /**
     * Deletes the oldest checkpoints.
     *
     * @param limit number of checkpoints to keep; null keeps all
     * @param bestStep step of the best checkpoint, which is always kept; null if there is none
     */
    public void trim(@Nullable Integer limit, @Nullable Integer bestStep) {
        if (limit != null) {
            steps().stream().skip(limit).filter(step -> !step.equals(bestStep)).forEach(step -> delete(of(step)));
        }
    }

    private static void delete(Path folder) {
        try {
            AtomicFiles.deleteFolder(folder);
        } catch (IOException e) {
            throw new SqlTuneException("Can't delete the old checkpoint " + folder + ": " + Failures.reason(e), e);
        }
    }
}
