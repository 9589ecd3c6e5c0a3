package org.sqltune.training.batch;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses and arranges the next step's examples on a thread of its own, while the current step computes. What a step
 * computes depends on its number alone, so nothing changes but the time.
 *
 * <p>Only Java's arrays are made there: a second thread that computed with libtorch would bring a second set of OpenMP's
 * threads with it.
 */
public final class StepsAhead implements AutoCloseable {
    private final DataOrder order;
    private final Function<List<TokenizedExample>, PlannedStep> planner;
    private final int steps;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "sqltune-planning");
        worker.setDaemon(true);
        return worker;
    });
    private @Nullable Future<PlannedStep> next;
    private int nextIndex;

    /**
     * @param order which examples meet in a step; nobody else may use it meanwhile
     * @param planner arranges them
     * @param steps of the run: none is planned behind the last
     */
    public StepsAhead(DataOrder order, Function<List<TokenizedExample>, PlannedStep> planner, int steps) {
        this.order = order;
        this.planner = planner;
        this.steps = steps;
    }

    /**
     * A step; the one behind it is begun.
     *
     * @param index steps done before it
     * @throws RuntimeException what planning it threw
     */
    public PlannedStep take(int index) {
        Future<PlannedStep> wanted = next != null && nextIndex == index ? next : plan(index);
        next = null;
        PlannedStep step = result(wanted);
        if (index + 1 < steps) {
            next = plan(index + 1);
            nextIndex = index + 1;
        }
        return step;
    }

    private Future<PlannedStep> plan(int index) {
        return thread.submit(() -> planner.apply(order.step(index)));
    }

    private static PlannedStep result(Future<PlannedStep> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("planning a step was interrupted").initCause(e);
        }
    }

    /** Ends the thread, whatever it is planning. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
