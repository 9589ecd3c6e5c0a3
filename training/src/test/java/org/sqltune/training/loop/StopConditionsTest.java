package org.sqltune.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.RunLength;
import org.sqltune.core.config.settings.SelectionSettings;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.checkpoint.TrainerState;

/** A run ends with its steps or its minutes, and its learning rate with whichever comes first, where that is asked for. */
class StopConditionsTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(7);

    @Test
    void withoutALimitAStepTakesItsOwnRate() {
        StopConditions conditions = conditions(new RunLength(1, null, null, true));
        clock.addAndGet(1000 * SECOND);
        assertThat(conditions.scheduled(3)).isEqualTo(3);
        assertThat(conditions.afterStep(TrainerState.INITIAL)).isEmpty();
    }

    @Test
    void theRateFollowsTheMinutesWhereTheyAreAhead() {
        StopConditions conditions = conditions(new RunLength(1, null, 1.0, true));
        assertThat(conditions.scheduled(0)).isZero();
        clock.addAndGet(30 * SECOND);
        assertThat(conditions.scheduled(10)).isEqualTo(50);
        assertThat(conditions.scheduled(70)).isEqualTo(70);
        assertThat(conditions.afterStep(TrainerState.INITIAL)).isEmpty();
        clock.addAndGet(31 * SECOND);
        assertThat(conditions.scheduled(10)).isEqualTo(100);
        assertThat(conditions.afterStep(TrainerState.INITIAL)).contains(EndReason.TIME_LIMIT);
    }

    @Test
    void otherwiseItFollowsTheSteps() {
        StopConditions conditions = conditions(new RunLength(1, null, 1.0, false));
        clock.addAndGet(61 * SECOND);
        assertThat(conditions.scheduled(10)).isEqualTo(10);
        assertThat(conditions.afterStep(TrainerState.INITIAL)).contains(EndReason.TIME_LIMIT);
    }

    private StopConditions conditions(RunLength length) {
        return new StopConditions(100, length, new BestModelTracker(SelectionSettings.defaults()), clock::get);
    }
}
