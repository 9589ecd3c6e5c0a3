package org.sqltune.training.report;

/** How a run stands. */
public enum RunStatus {
    /** Under way; or its process was killed, if the record is old. */
    RUNNING,
    /** At its end, with a result. */
    FINISHED,
    /** Ended before its time, by a limit or on request; it can be resumed. */
    STOPPED,
    /** Broken off by an error. */
    FAILED
}
