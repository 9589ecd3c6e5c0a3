package org.sqltune.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.training.TestModels;
import org.sqltune.training.batch.TrainingOptionsFixture;

class LearningRateScheduleTest {
    static Stream<JsonNode> schedules() throws IOException {
        return StreamSupport.stream(
                TrainingOptionsFixture.read().path("schedules").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void itRunsAsTransformersDoes(JsonNode expected) {
        List<String> settings = new ArrayList<>();
        for (String key : List.of("lr_scheduler_type", "learning_rate", "warmup_steps", "max_steps")) {
            settings.add("training." + key + "=" + expected.path(key).asText());
        }
        expected.path("lr_scheduler_kwargs")
                .properties()
                .forEach(entry ->
                        settings.add("training.lr_scheduler_kwargs." + entry.getKey() + "=" + entry.getValue()));
        LearningRateSchedule schedule = schedule(expected.path("max_steps").asInt(), settings.toArray(String[]::new));
        for (int step = 0; step < schedule.totalSteps(); step++) {
            assertThat(schedule.at(step))
                    .as("step " + step)
                    .isCloseTo(expected.path("learning_rates").get(step).asDouble(), within(1e-17));
        }
    }

    @Test
    void warmupIsAShareBelowOneAndRoundedUp() {
        assertThat(schedule(101, "training.warmup_steps=0.1").warmupSteps()).isEqualTo(11);
        assertThat(schedule(101, "training.warmup_ratio=0.1").warmupSteps()).isEqualTo(11);
        assertThat(schedule(101, "training.warmup_steps=7").warmupSteps()).isEqualTo(7);
        assertThat(schedule(100).warmupSteps()).isEqualTo(3);
    }

    private static LearningRateSchedule schedule(int steps, String... settings) {
        return LearningRateSchedule.of(TestModels.settings(settings), steps);
    }
}
