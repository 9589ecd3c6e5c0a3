package org.sqltune.training.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigWriter;

/**
 * Records a run on an MLflow server: the configuration as parameters, each logged line as metrics. Metrics that the
 * server didn't accept are sent again with the next ones.
 */
final class MlflowTracker implements RunTracker {
    private static final Logger log = LoggerFactory.getLogger(MlflowTracker.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Largest numbers of metrics and parameters in one request. */
    private static final int METRICS_A_REQUEST = 1000;

    private static final int PARAMS_A_REQUEST = 100;
    /** Longest parameter value, in characters, that every MLflow store accepts. */
    private static final int PARAM_LENGTH = 500;

    private static final int FAILURES_IN_A_ROW = 3;

    private final Map<String, String> environment;
    private final Clock clock;
    private final List<ObjectNode> unsent = new ArrayList<>();
    private @Nullable MlflowClient client;
    private String run = "";
    private int failures;

    /** @param environment environment variables that name server and experiment, as for MLflow's own client */
    MlflowTracker(Map<String, String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "MLflow";
    }

    @Override
    public void begin(RunConfig config, int stepsDone) throws IOException {
        client = MlflowClient.of(environment);
        String existing = environment.get("MLFLOW_RUN_ID");
        run = existing != null ? reopened(existing) : created(config);
        sendParams(RunConfigWriter.toTree(config));
    }

    private String reopened(String id) throws IOException {
        client().post("runs/update", JSON.createObjectNode().put("run_id", id).put("status", "RUNNING"));
        return id;
    }

    private String created(RunConfig config) throws IOException {
        String experiment = environment.containsKey("MLFLOW_EXPERIMENT_ID")
                ? environment.get("MLFLOW_EXPERIMENT_ID")
                : client().experiment(environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", "Default"));
        ObjectNode body = JSON.createObjectNode()
                .put("experiment_id", experiment)
                .put("run_name", config.training().outputDir().normalize().toString())
                .put("start_time", clock.millis());
        body.putArray("tags").addObject().put("key", "mlflow.source.name").put("value", "SqlTune");
        return client().post("runs/create", body)
                .path("run")
                .path("info")
                .path("run_id")
                .asText();
    }

    private void sendParams(ObjectNode config) throws IOException {
        List<ObjectNode> params = new ArrayList<>();
        config.properties()
                .forEach(section -> section.getValue()
                        .properties()
                        .forEach(each -> params.add(JSON.createObjectNode()
                                .put("key", section.getKey() + "." + each.getKey())
                                .put("value", shortened(each.getValue())))));
        for (int from = 0; from < params.size(); from += PARAMS_A_REQUEST) {
            send("params", params.subList(from, Math.min(params.size(), from + PARAMS_A_REQUEST)));
        }
    }

    private static String shortened(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.substring(0, Math.min(PARAM_LENGTH, text.length()));
    }

    @Override
    public void log(int step, Map<String, Double> values) throws IOException {
        long now = clock.millis();
        values.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                unsent.add(JSON.createObjectNode()
                        .put("key", name)
                        .put("value", value)
                        .put("timestamp", now)
                        .put("step", step));
            }
        });
        try {
            sendMetrics();
            failures = 0;
        } catch (IOException e) {
            failures++;
            if (failures == FAILURES_IN_A_ROW) {
                throw e;
            }
            log.debug("MLflow did not accept the metrics; sending them again with the next ones", e);
        }
    }

    private void sendMetrics() throws IOException {
        while (!unsent.isEmpty()) {
            List<ObjectNode> some = unsent.subList(0, Math.min(METRICS_A_REQUEST, unsent.size()));
            send("metrics", some);
            some.clear();
        }
    }

    private void send(String kind, List<ObjectNode> values) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("run_id", run);
        ArrayNode array = body.putArray(kind);
        values.forEach(array::add);
        client().post("runs/log-batch", body);
    }

    @Override
    public void end(boolean succeeded) throws IOException {
        sendMetrics();
        client().post(
                        "runs/update",
                        JSON.createObjectNode()
                                .put("run_id", run)
                                .put("status", succeeded ? "FINISHED" : "FAILED")
                                .put("end_time", clock.millis()));
    }

    private MlflowClient client() {
        if (client == null) {
            throw new IllegalStateException("not begun");
        }
        return client;
    }
}
