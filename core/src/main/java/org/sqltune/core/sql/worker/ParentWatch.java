package org.sqltune.core.sql.worker;

/** Ends a worker whose parent has gone. One that waits for requests notices by itself; one in a long query doesn't. */
final class ParentWatch implements Runnable {
    private static final long MILLIS = 1000;

    private final ProcessHandle parent;

    private ParentWatch(ProcessHandle parent) {
        this.parent = parent;
    }

    static void start() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread thread = new Thread(new ParentWatch(parent), "parent-watch");
            thread.setDaemon(true);
            thread.start();
        });
    }

    @Override
    public void run() {
        try {
            while (parent.isAlive()) {
                Thread.sleep(MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
