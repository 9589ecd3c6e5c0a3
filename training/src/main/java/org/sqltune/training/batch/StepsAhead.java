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
 * Plans the next step on a separate thread while the current step computes. A step's plan depends only on its index, so
 * planning ahead changes the run's time and nothing else.
 *
 * <p>That thread makes Java arrays only. If it called libtorch, OpenMP would start a second pool of threads.
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
     * @param order chooses the examples of a step; not thread-safe, so no other code may use it until this is closed
     * @param planner arranges the examples in rows
     * @param steps number of steps in the run; no step beyond it is planned
     */
    public StepsAhead(DataOrder order, Function<List<TokenizedExample>, PlannedStep> planner, int steps) {
        this.order = order;
        this.planner = planner;
        this.steps = steps;
    }

    /**
     * Returns a planned step and starts to plan the next one.
     *
     * @param index index of the step, from 0
     * @throws RuntimeException the exception that planning the step threw
     */
    public PlannedStep take(int index) {
        Future<PlannedStep> current = next != null && nextIndex == index ? next : plan(index);
        next = null;
        PlannedStep step = result(current);
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

    /** Stops the planning thread and discards its work. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
