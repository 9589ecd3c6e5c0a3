package org.sqltune.cli;

import java.util.function.Supplier;

/**
 * What happens on Ctrl-C while long work runs: one line that says how to go on, then the end, at once. Native code that
 * is still computing is not waited for, nor are its libraries torn down under it.
 */
final class Interruption {
    /** What a shell reports for a process ended by SIGINT. */
    private static final int CODE = 130;

    private final Console console;
    private final String remedy;

    /** @param remedy how to go on, as a sentence */
    Interruption(Console console, String remedy) {
        this.console = console;
        this.remedy = remedy;
    }

    /** Does the work. */
    <T> T guard(Supplier<T> work) {
        Thread hook = new Thread(this::explainAndHalt);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void explainAndHalt() {
        console.err().println();
        console.err().println("sqltune: interrupted. What is saved stays. " + remedy);
        console.err().flush();
        Runtime.getRuntime().halt(CODE);
    }
}
