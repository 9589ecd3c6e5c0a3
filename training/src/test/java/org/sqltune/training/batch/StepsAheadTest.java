package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.TokenBatch;

/** Steps are planned on another thread, and are the same. */
@Timeout(60)
class StepsAheadTest {
    private static final int STEPS = 23;

    private static final BatchPlanner PLANNER = new BatchPlanner(true, 1, 2048, length -> 0);

    private static final List<TokenizedExample> EXAMPLES = IntStream.range(0, 40)
            .mapToObj(i -> new TokenizedExample("e" + i, new long[] {1, i % 4, i}, new long[] {i, 2}))
            .toList();

    private static DataOrder order() {
        return new DataOrder(new EpochOrder.Shuffled(EXAMPLES, 7), EXAMPLES.size(), 6);
    }

    private static PlannedStep plan(List<TokenizedExample> examples) {
        return new PlannedStep(examples, PLANNER.plan(examples));
    }

    private static StepsAhead ahead(Function<List<TokenizedExample>, PlannedStep> planner) {
        return new StepsAhead(order(), planner, STEPS);
    }

    @Test
    void everyStepIsTheOneThatWouldHaveBeenPlannedHere() {
        DataOrder order = order();
        try (StepsAhead ahead = ahead(StepsAheadTest::plan)) {
            for (int step = 0; step < STEPS; step++) {
                assertSame(ahead.take(step), plan(order.step(step)));
            }
        }
    }

    @Test
    void aResumedRunMayBeginAnywhere() {
        try (StepsAhead ahead = ahead(StepsAheadTest::plan)) {
            assertSame(ahead.take(11), plan(order().step(11)));
            assertSame(ahead.take(12), plan(order().step(12)));
            assertSame(ahead.take(3), plan(order().step(3)));
        }
    }

    private static void assertSame(PlannedStep actual, PlannedStep expected) {
        assertThat(actual.examples()).isEqualTo(expected.examples());
        assertThat(actual.rows()).hasSameSizeAs(expected.rows());
        for (int i = 0; i < expected.rows().size(); i++) {
            TokenBatch row = actual.rows().get(i);
            assertThat(row.ids()).isEqualTo(expected.rows().get(i).ids());
            assertThat(row.parents()).isEqualTo(expected.rows().get(i).parents());
            assertThat(row.targets()).isEqualTo(expected.rows().get(i).targets());
        }
    }

    @Test
    void theNextStepIsPlannedBeforeAnybodyAsks() throws Exception {
        BlockingQueue<Thread> planned = new LinkedBlockingQueue<>();
        try (StepsAhead ahead = ahead(examples -> {
            planned.add(Thread.currentThread());
            return plan(examples);
        })) {
            ahead.take(0);
            assertThat(planned.poll(30, TimeUnit.SECONDS)).isNotNull().isNotEqualTo(Thread.currentThread());
            assertThat(planned.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(planned).isEmpty();
        }
    }

    @Test
    void nothingIsPlannedBehindTheLastStep() {
        BlockingQueue<String> planned = new LinkedBlockingQueue<>();
        try (StepsAhead ahead = ahead(examples -> {
            planned.add(examples.get(0).id());
            return plan(examples);
        })) {
            ahead.take(STEPS - 1);
            // On the same thread, and so behind whatever was planned.
            ahead.take(STEPS - 1);
            assertThat(planned).hasSize(2);
        }
    }

    @Test
    void aFailureReachesWhoeverTakesTheStepWithItsMessage() {
        String third = order().step(2).get(0).id();
        try (StepsAhead ahead = ahead(examples -> {
            if (examples.get(0).id().equals(third)) {
                throw new SqlTuneException("row 17 can't be arranged");
            }
            return plan(examples);
        })) {
            ahead.take(0);
            ahead.take(1);
            assertThatThrownBy(() -> ahead.take(2))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessage("row 17 can't be arranged");
            assertSame(ahead.take(3), plan(order().step(3)));
        }
    }

    @Test
    void closingEndsTheThreadInTheMiddleOfAPlan() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        BlockingQueue<Thread> planning = new LinkedBlockingQueue<>();
        Thread worker;
        try (StepsAhead ahead = ahead(examples -> {
            planning.add(Thread.currentThread());
            if (planning.size() > 1) {
                waitFor(never);
            }
            return plan(examples);
        })) {
            ahead.take(0);
            worker = planning.peek();
            while (planning.size() < 2) {
                Thread.onSpinWait();
            }
        }
        assertThat(worker).isNotNull();
        worker.join(30_000);
        assertThat(worker.isAlive()).isFalse();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
