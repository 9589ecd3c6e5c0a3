package org.sqltune.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.sqltune.evaluation.metric.Calibration.Bin;
import org.sqltune.evaluation.metric.Calibration.Claim;

class CalibrationTest {
    @Test
    void theErrorIsTheWeightedGapOfBins() {
        // (0.8, 1.0]: mean confidence 0.9, one of two right; (0.1, 0.2]: 0.2, none of two right.
        Calibration calibration = Calibration.of(
                List.of(new Claim(0.9, true), new Claim(0.9, false), new Claim(0.2, false), new Claim(0.2, false)));
        assertThat(calibration.expectedError()).isEqualTo(0.5 * 0.4 + 0.5 * 0.2, within(1e-12));
        assertThat(calibration.bins().get(8)).isEqualTo(new Bin(2, 1, 0.9));
        assertThat(calibration.bins().get(1)).isEqualTo(new Bin(2, 0, 0.2));
        assertThat(calibration.answers()).isEqualTo(4);
    }

    @Test
    void whatIsAsOftenRightAsItSaysHasNoError() {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            claims.add(new Claim(0.7, i < 7));
        }
        assertThat(Calibration.of(claims).expectedError()).isEqualTo(0, within(1e-12));
        assertThat(Calibration.of(List.of()).expectedError()).isZero();
    }

    @Property(tries = 100)
    void everyClaimIsInABin(@ForAll @DoubleRange(min = 0, max = 1) double confidence, @ForAll boolean right) {
        Calibration calibration = Calibration.of(List.of(new Claim(confidence, right)));
        assertThat(calibration.answers()).isEqualTo(1);
        assertThat(calibration.expectedError()).isEqualTo(Math.abs((right ? 1 : 0) - confidence), within(1e-12));
    }
}
