package org.sqltune.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.GuardSettings;
import org.sqltune.training.checkpoint.TrainerState.SkippedSteps;

class StepGuardTest {
    private final StepGuard guard = new StepGuard(new GuardSettings(3.0, 2));

    @Test
    void whatIsNotFiniteIsNeverApplied() {
        assertThat(guard.objection(SkippedSteps.NONE, Double.NaN, 1)).hasValue("its loss is NaN");
        assertThat(guard.objection(SkippedSteps.NONE, Double.POSITIVE_INFINITY, 1))
                .isPresent();
        assertThat(guard.objection(SkippedSteps.NONE, 1, Double.NaN)).hasValue("its gradient's norm is NaN");
        assertThat(guard.objection(SkippedSteps.NONE, 1e9, 1e9)).isEmpty();
    }

    @Test
    void aSpikeIsAboveTheUsualLossOnceThatIsKnown() {
        SkippedSteps few = applied(9, 2);
        SkippedSteps enough = applied(10, 2);
        assertThat(guard.objection(few, 6.1, 1)).isEmpty();
        assertThat(guard.objection(enough, 5.9, 1)).isEmpty();
        assertThat(guard.objection(enough, 6.1, 1))
                .hasValueSatisfying(text -> assertThat(text).contains("6.100", "loss_spike_factor 3.0", "2.000"));
        assertThat(new StepGuard(GuardSettings.defaults()).objection(enough, 600, 1))
                .isEmpty();
    }

    @Test
    void theUsualLossFollowsTheLastFiftySteps() {
        SkippedSteps history = applied(100, 8);
        for (int i = 0; i < 200; i++) {
            history = history.applied(2);
        }
        assertThat(history.usualLoss()).isBetween(2.0, 2.2);
    }

    @Test
    void patienceEndsWithSkippedStepsInARow() {
        SkippedSteps once = applied(3, 1).skipped();
        assertThat(guard.givesUp(once)).isFalse();
        assertThat(guard.givesUp(once.applied(1).skipped())).isFalse();
        assertThat(guard.givesUp(once.skipped())).isTrue();
        assertThat(guard.givesUp(once.skipped().forgiven())).isFalse();
        assertThat(once.applied(1).skipped().total()).isEqualTo(2);
    }

    private static SkippedSteps applied(int steps, double loss) {
        SkippedSteps history = SkippedSteps.NONE;
        for (int i = 0; i < steps; i++) {
            history = history.applied(loss);
        }
        return history;
    }
}
