package org.sqltune.training.tracking;

import java.io.IOException;
import java.util.Map;
import org.sqltune.core.config.RunConfig;

/**
 * Reports a run to one external tracker, on the thread that trains. After the first exception it is not called again.
 */
interface RunTracker {
    /** Returns the tracker's name for warnings. */
    String name();

    /**
     * Reports that training starts or resumes.
     *
     * @param stepsDone steps done before; earlier reports of later steps are void
     */
    void begin(RunConfig config, int stepsDone) throws IOException;

    /**
     * Reports a line of metrics.jsonl.
     *
     * @param values the line's numbers by key
     */
    void log(int step, Map<String, Double> values) throws IOException;

    /**
     * Reports the end of the run.
     *
     * @param succeeded false if the run failed
     */
    void end(boolean succeeded) throws IOException;
}
