package org.sqltune.training.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.training.ResumeChange;
import org.sqltune.training.ResumeChange.Kind;
import org.sqltune.training.TrainingListener;

/** Finds the checkpoint that a run resumes from, and compares the run that saved it with the one that resumes. */
public final class ResumeCheck {
    private final CheckpointStore checkpoints;
    private final TrainingListener listener;

    /** @param listener is warned of damaged checkpoints and of each change */
    public ResumeCheck(CheckpointStore checkpoints, TrainingListener listener) {
        this.checkpoints = checkpoints;
        this.listener = listener;
    }

    /**
     * Returns where the run resumes: at the newest checkpoint whose files are as they were saved, or at the beginning if there
     * is no checkpoint yet. Nothing is written.
     *
     * @param allowed kinds of changes that the user has named
     * @throws ResumeRefusedException if something else changed on which the result depends
     * @throws SqlTuneException if there are checkpoints and each is damaged
     */
    public ResumePoint find(Set<Kind> allowed) {
        Optional<Integer> newest = checkpoints.latest(listener);
        if (newest.isEmpty()) {
            listener.warned("There is no checkpoint in " + checkpoints.runFolder() + " yet: starting at step 0");
            return new ResumePoint(true, null, Restoration.EXACT);
        }
        int step = newest.get();
        Path folder = checkpoints.folders().of(step);
        String name = String.valueOf(folder.getFileName());
        Optional<RunIdentity> saved = checkpoints.identity(step);
        if (saved.isEmpty()) {
            listener.warned(folder + " is of an older version, which saved no hashes and no configuration with it: it"
                    + " can't be verified");
        }
        List<ResumeChange> changes =
                saved.map(before -> checkpoints.identity().changesSince(before)).orElse(List.of());
        changes.forEach(change -> listener.warned(change.since(name)));
        requireAllowed(name, changes, allowed);
        allowed.stream()
                .filter(kind -> changes.stream().noneMatch(change -> change.kind() == kind))
                .sorted()
                .forEach(kind -> listener.warned(
                        "--allow-changes " + kind + " does nothing: there is no such" + " change since " + name));
        listener.resuming(step, changes);
        boolean reshaped = changes.stream().anyMatch(ResumeChange::reshapes);
        return new ResumePoint(true, step, reshaped ? Restoration.FITTING : Restoration.EXACT);
    }

    private static void requireAllowed(String name, List<ResumeChange> changes, Set<Kind> allowed) {
        List<String> refused = changes.stream()
                .filter(change -> !change.isAllowed(allowed))
                .map(change -> change.refusal(name))
                .collect(Collectors.toList());
        if (!refused.isEmpty()) {
            throw new ResumeRefusedException(name, changes, refused);
        }
    }
}
