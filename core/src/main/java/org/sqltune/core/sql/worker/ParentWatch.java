package org.sqltune.core.sql.worker;

/**
 * Ends a worker when its parent process has ended. A waiting worker sees the end of its input; one in a long query
 * doesn't.
 */
final class ParentWatch implements Runnable {
    private static final long MILLIS = 1000;

    private final long parent;

    private ParentWatch(long parent) {
        this.parent = parent;
    }

    /** @param parent process id of the parent */
    static void start(long parent) {
        Thread thread = new Thread(new ParentWatch(parent), "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            do {
                Thread.sleep(MILLIS);
            } while (ProcessHandle.of(parent).isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
