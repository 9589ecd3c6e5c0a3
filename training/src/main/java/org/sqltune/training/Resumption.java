package org.sqltune.training;

import java.util.List;
import java.util.Set;
import org.sqltune.core.config.ConfigException;
import org.sqltune.training.ResumeChange.Kind;

/**
 * Whether a run resumes, and despite what.
 *
 * @param wanted whether it resumes from the newest checkpoint in its folder that is as it was saved
 * @param allowed kinds of changes since that checkpoint with which it resumes all the same
 */
public record Resumption(boolean wanted, Set<Kind> allowed) {
    /** A new run. */
    public static final Resumption NONE = new Resumption(false, Set.of());

    /** Resumes if nothing changed on which the result depends. */
    public static final Resumption STRICT = new Resumption(true, Set.of());

    /** @throws ConfigException if changes are allowed where nothing is resumed */
    public Resumption {
        allowed = Set.copyOf(allowed);
        if (!wanted && !allowed.isEmpty()) {
            throw new ConfigException("--allow-changes", List.of("is for --resume: add it, or leave this out"));
        }
    }
}
