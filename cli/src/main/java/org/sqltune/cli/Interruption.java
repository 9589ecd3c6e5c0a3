package org.sqltune.cli;

/**
 * What happens on Ctrl-C while long work runs: one line that says how to go on, then the end, at once. Native code that
 * is still computing is not waited for, nor are its libraries torn down under it.
 */
final class Interruption implements AutoCloseable {
    /** What a shell reports for a process ended by SIGINT. */
    private static final int CODE = 130;

    private final Thread hook;

    Interruption(Console console, String remedy) {
        hook = new Thread(() -> {
            console.err().println();
            console.err().println("sqltune: interrupted. What is saved stays. " + remedy);
            console.err().flush();
            Runtime.getRuntime().halt(CODE);
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The work is done, well or not. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
