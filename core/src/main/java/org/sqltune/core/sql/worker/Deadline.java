package org.sqltune.core.sql.worker;

/** Kills a process unless it has answered before. Either it comes first or the answer does, never both. */
final class Deadline implements Runnable {
    private final Process process;
    private boolean answered;
    private boolean missed;

    Deadline(Process process) {
        this.process = process;
    }

    @Override
    public synchronized void run() {
        if (!answered) {
            missed = true;
            process.destroyForcibly();
        }
    }

    /** The exchange is over; whether that was too late and the process has been killed. */
    synchronized boolean missed() {
        answered = true;
        return missed;
    }
}
