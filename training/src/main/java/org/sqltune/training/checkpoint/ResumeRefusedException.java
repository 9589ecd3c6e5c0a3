package org.sqltune.training.checkpoint;

import java.util.List;
import org.sqltune.core.config.ConfigException;
import org.sqltune.training.ResumeChange;

/** A run isn't resumed because it is not the run that was interrupted. What that run has written stays. */
public final class ResumeRefusedException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final String checkpoint;
    private final transient List<ResumeChange> changes;

    ResumeRefusedException(String checkpoint, List<ResumeChange> changes, List<String> faults) {
        super("--resume", faults);
        this.checkpoint = checkpoint;
        this.changes = List.copyOf(changes);
    }

    /** The name of the checkpoint's folder. */
    public String checkpoint() {
        return checkpoint;
    }

    /** Everything that changed, whether it is the reason or not. */
    public List<ResumeChange> changes() {
        return changes;
    }
}
