package org.sqltune.training.tracking;

import java.io.IOException;
import java.util.Map;
import org.sqltune.core.config.RunConfig;

/** Tells one other program of a run. Called from the thread that trains; may throw, and is then left alone. */
interface RunTracker {
    /** What it is called in a warning. */
    String name();

    /**
     * Training begins, or goes on.
     *
     * @param stepsDone steps done before; what was told of later ones is void
     */
    void begin(RunConfig config, int stepsDone) throws IOException;

    /**
     * A line of metrics.jsonl.
     *
     * @param values numbers by their names there
     */
    void log(int step, Map<String, Double> values) throws IOException;

    /**
     * The run is over.
     *
     * @param succeeded false if it broke off
     */
    void end(boolean succeeded) throws IOException;
}
