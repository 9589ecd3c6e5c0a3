package org.sqltune.evaluation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.thread.InterruptedWorkException;

/** Scores some answers on a thread of its own, while the next questions are asked. For one thread at a time. */
final class ScoringBehind implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread scoring = new Thread(work, "sqltune-scoring");
        scoring.setDaemon(true);
        return scoring;
    });
    private Future<?> last = CompletableFuture.completedFuture(null);

    /**
     * Waits until what was begun before is done, and begins this.
     *
     * @throws SqlTuneException what the work before threw
     */
    void begin(Runnable scoring) {
        await();
        last = thread.submit(scoring);
    }

    /**
     * Waits until what was begun is done.
     *
     * @throws SqlTuneException what it threw
     */
    void await() {
        try {
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedWorkException("The evaluation was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("Answers couldn't be scored", e.getCause());
        }
    }

    /** Stops what is being done, and waits for its end: it uses what its caller closes next. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
