package org.sqltune.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.RunConfig;

class MlflowTrackerTest {
    private final RunConfig config = TrackingRuns.config(Path.of("outputs", "mine"));
    private FakeMlflow server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeMlflow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunIsMadeWithItsParametersMetricsAndEnd() throws IOException {
        MlflowTracker tracker = tracker(Map.of("MLFLOW_EXPERIMENT_NAME", "größer & more"));
        tracker.begin(config, 0);
        tracker.log(25, TrackingRuns.step(1.25));
        tracker.log(25, TrackingRuns.evaluation(0.5));
        tracker.end(true);
        assertThat(server.experiment).isEqualTo("größer & more");
        assertThat(server.params)
                .containsEntry("model.name", "größer/model")
                .containsEntry("training.learning_rate", "2.0E-4")
                .containsEntry("training.max_steps", "null");
        assertThat(server.metrics)
                .containsExactly(
                        "25 epoch 0.5",
                        "25 loss 1.25",
                        "25 learning_rate 2.0E-4",
                        "25 grad_norm 1.5",
                        "25 eval_loss 0.5");
        assertThat(server.statuses).containsExactly("abc FINISHED");
    }

    @Test
    void whatWasNotTakenIsSentAgain() throws IOException {
        MlflowTracker tracker = tracker(Map.of());
        tracker.begin(config, 0);
        server.broken = 2;
        tracker.log(1, Map.of("loss", 3.0));
        tracker.log(2, Map.of("loss", 2.0));
        assertThat(server.metrics).isEmpty();
        tracker.log(3, Map.of("loss", 1.0, "nothing", Double.NaN));
        assertThat(server.metrics).containsExactly("1 loss 3.0", "2 loss 2.0", "3 loss 1.0");
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() throws IOException {
        MlflowTracker tracker = tracker(Map.of());
        tracker.begin(config, 0);
        server.broken = Integer.MAX_VALUE;
        tracker.log(1, Map.of("loss", 3.0));
        tracker.log(2, Map.of("loss", 2.0));
        assertThatThrownBy(() -> tracker.log(3, Map.of("loss", 1.0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503")
                .hasMessageContaining("no room");
    }

    @Test
    void moreMetricsThanARequestMayHoldGoInSeveral() throws IOException {
        MlflowTracker tracker = tracker(Map.of());
        tracker.begin(config, 0);
        Map<String, Double> many = new LinkedHashMap<>();
        for (int i = 0; i < 1500; i++) {
            many.put("m" + i, (double) i);
        }
        tracker.log(1, many);
        assertThat(server.metrics).hasSize(1500);
        assertThat(Collections.frequency(server.calls, "runs/log-batch")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aNamedRunGoesOnAndTheTokenIsSent() throws IOException {
        MlflowTracker tracker = tracker(Map.of("MLFLOW_RUN_ID", "old", "MLFLOW_TRACKING_TOKEN", "secret"));
        tracker.begin(config, 5);
        assertThat(server.calls).doesNotContain("runs/create");
        assertThat(server.authorization).isEqualTo("Bearer secret");
        tracker.end(false);
        assertThat(server.statuses).containsExactly("old RUNNING", "old FAILED");
    }

    @Test
    void withoutAServerTheRemedyIsNamed() {
        MlflowTracker tracker = new MlflowTracker(Map.of(), Clock.systemUTC());
        assertThatThrownBy(() -> tracker.begin(config, 0)).hasMessageContaining("MLFLOW_TRACKING_URI isn't set");
        MlflowTracker local = new MlflowTracker(Map.of("MLFLOW_TRACKING_URI", "./mlruns"), Clock.systemUTC());
        assertThatThrownBy(() -> local.begin(config, 0)).hasMessageContaining("mlflow server");
    }

    private MlflowTracker tracker(Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>(more);
        environment.put("MLFLOW_TRACKING_URI", server.uri() + "/");
        return new MlflowTracker(environment, Clock.systemUTC());
    }
}
