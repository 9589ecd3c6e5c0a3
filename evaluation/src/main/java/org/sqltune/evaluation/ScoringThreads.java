package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sqltune.core.SqlTuneException;

/** A thread pool that scores rows in parallel. Results arrive in the rows' order, whatever the number of threads. */
public final class ScoringThreads implements AutoCloseable {
    private final ExecutorService threads;

    /** @param count the number of threads, such as {@link #perCore()} */
    public ScoringThreads(int count) {
        threads = Executors.newFixedThreadPool(count);
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

    /** Stops the threads and interrupts running tasks. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
