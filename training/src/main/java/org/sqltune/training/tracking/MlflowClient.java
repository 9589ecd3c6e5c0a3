package org.sqltune.training.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Calls an MLflow server's REST API, version 2.0 (mlflow.org/docs/latest/api_reference/rest-api.html). */
final class MlflowClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ERROR_LENGTH = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;
    private final Optional<String> authorization;

    private MlflowClient(String base, Optional<String> authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /**
     * Returns a client of the server {@code MLFLOW_TRACKING_URI}, authorised by {@code MLFLOW_TRACKING_TOKEN} or by
     * {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}.
     *
     * @throws IOException if {@code MLFLOW_TRACKING_URI} isn't set or isn't an HTTP address
     */
    static MlflowClient of(Map<String, String> environment) throws IOException {
        String uri = environment.getOrDefault("MLFLOW_TRACKING_URI", "");
        if (!uri.startsWith("http://") && !uri.startsWith("https://")) {
            throw new IOException((uri.isEmpty() ? "MLFLOW_TRACKING_URI isn't set" : "MLFLOW_TRACKING_URI is " + uri)
                    + ": start `mlflow server` and set it to the server's address, such as http://localhost:5000");
        }
        return new MlflowClient(uri.replaceFirst("/+$", "") + "/api/2.0/mlflow/", authorization(environment));
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        String token = environment.get("MLFLOW_TRACKING_TOKEN");
        String user = environment.get("MLFLOW_TRACKING_USERNAME");
        if (user != null) {
            String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.ofNullable(token).map(each -> "Bearer " + each);
    }

    /** Returns the id of the experiment with that name; creates the experiment if it doesn't exist. */
    String experiment(String name) throws IOException {
        String query = "experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        HttpResponse<String> found = send(request(query).GET().build());
        if (found.statusCode() == 404) {
            return post("experiments/create", JSON.createObjectNode().put("name", name))
                    .path("experiment_id")
                    .asText();
        }
        return content(found).path("experiment").path("experiment_id").asText();
    }

    /** Calls an API method and returns its response. */
    JsonNode post(String method, ObjectNode body) throws IOException {
        return content(send(request(method)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
            authorization.ifPresent(value -> request.header("Authorization", value));
            return request;
        } catch (IllegalArgumentException e) {
            throw new IOException("MLFLOW_TRACKING_URI isn't a valid address: " + e.getMessage(), e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("no answer from " + request.uri().getAuthority() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode content(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            String body = response.body().strip().replaceAll("\\s+", " ");
            throw new IOException(
                    response.uri().getAuthority() + " answers " + response.uri().getPath() + " with "
                            + response.statusCode() + " " + body.substring(0, Math.min(ERROR_LENGTH, body.length())));
        }
        return JSON.readTree(response.body());
    }
}
