package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sqltune.core.SqlTuneException;

/** A thread pool that scores rows in parallel. Results arrive in the rows' order, whatever the number of threads. */
public final class ScoringThreads implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ExecutorService threads;

    /** @param count the number of threads, such as {@link #perCore()} */
    public ScoringThreads(int count) {
        threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "sqltune-scoring");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns one thread per core. */
    public static int perCore() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Runs the work for every task.
     *
     * @param work called from several threads at once
     * @param inOrder receives the results in the tasks' order, on the calling thread, each as soon as all before it
     *     are done
     * @throws SqlTuneException if a task throws one, or this thread is interrupted
     */
    public <T, R> void forEach(List<T> tasks, Function<T, R> work, Consumer<R> inOrder) {
        List<Future<R>> open = new ArrayList<>();
        tasks.forEach(task -> open.add(threads.submit(() -> work.apply(task))));
        try {
            for (Future<R> each : open) {
                inOrder.accept(each.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlTuneException("The evaluation was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SqlTuneException known
                    ? known
                    : new IllegalStateException("A row couldn't be scored", e.getCause());
        } finally {
            open.forEach(each -> each.cancel(true));
        }
    }

    /** Runs a task as soon as a thread is free; for callers whose tasks come one after the other. */
    CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, threads);
    }

    /** Stops the threads, interrupts running tasks and waits for their end: they use what callers close next. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
