package org.sqltune.training.checkpoint;

import org.jspecify.annotations.Nullable;
import org.sqltune.model.safetensors.Restoration;

/**
 * Where a run starts.
 *
 * @param wanted whether it was asked to resume
 * @param step step of the checkpoint that it resumes from; null for the beginning
 * @param how how the checkpoint's tensors are taken over
 */
public record ResumePoint(boolean wanted, @Nullable Integer step, Restoration how) {
    /** A new run. */
    public static final ResumePoint NEW_RUN = new ResumePoint(false, null, Restoration.EXACT);
}
