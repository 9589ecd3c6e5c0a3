package org.sqltune.deployment.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFloatsTest {
    @Test
    void everyHalfSurvivesTheWayThereAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfFloats.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfFloats.of(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void whatLiesBetweenTwoHalvesGoesToTheNearerAndInTheMiddleToTheEvenOne() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float below = HalfFloats.toFloat((short) bits);
            float above = HalfFloats.toFloat((short) (bits + 1));
            float middle = (below + above) / 2;
            short even = (short) (bits % 2 == 0 ? bits : bits + 1);

            assertThat(HalfFloats.of(middle)).isEqualTo(even);
            assertThat(HalfFloats.of(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(HalfFloats.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(HalfFloats.of(-middle)).isEqualTo((short) (even | 0x8000));
        }
    }

    @Test
    void whatIsTooLargeIsInfinite() {
        assertThat(HalfFloats.of(65519.99f)).isEqualTo((short) 0x7BFF);
        assertThat(HalfFloats.of(65520f)).isEqualTo((short) 0x7C00);
        assertThat(HalfFloats.of(-1e30f)).isEqualTo((short) 0xFC00);
        assertThat(HalfFloats.toFloat(HalfFloats.of(Float.NaN))).isNaN();
    }
}
