package org.sqltune.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Against bytes that tools/parity/tensorboard_events.py wrote with TensorBoard's own classes. */
class TensorBoardEventsTest {
    @Test
    void everyKindOfRecordHasTensorBoardsBytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TensorBoardEvents events = new TensorBoardEvents(out);
        events.fileVersion(1.7e9);
        events.sessionStart(1.7e9 + 0.5, 6);
        events.text(1.7e9 + 1, 0, "args", "    model:\n      name: größer\n" + "    x: y\n".repeat(40));
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train/loss", 1.25);
        values.put("train/learning_rate", 2e-4);
        events.scalars(1.7e9 + 2.25, 300, values);
        try (InputStream expected = TensorBoardEventsTest.class.getResourceAsStream("/tracking/events.out.tfevents")) {
            assertThat(out.toByteArray())
                    .isEqualTo(Objects.requireNonNull(expected).readAllBytes());
        }
    }
}
