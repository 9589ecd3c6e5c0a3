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

/** Threads that score rows side by side. What they find comes in the rows' order, however many there are. */
public final class ScoringThreads implements AutoCloseable {
    private final ExecutorService threads;

    /** @param count how many, such as {@link #perCore()} */
    public ScoringThreads(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    /** One for each core. */
    public static int perCore() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Does the work for every task.
     *
     * @param work from several threads at once
     * @param inOrder gets each result in the tasks' order, as soon as it and those before it are there; from this thread
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

    /** Ends the threads; what they still do is interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
