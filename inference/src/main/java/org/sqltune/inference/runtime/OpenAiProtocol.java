package org.sqltune.inference.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.runtime.BlockingRuntime.Ability;
import org.sqltune.inference.runtime.BlockingRuntime.Usage;
import org.sqltune.inference.runtime.ServerEvent.Choice;
import org.sqltune.model.generation.Sampling;
import org.sqltune.model.server.ServerJson;

/** What OpenAI's two ways to ask have in common: settings by the same names, answers as server-sent events. */
abstract class OpenAiProtocol implements ServerProtocol {
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";
    private static final String VERSION = "/v1";
    private static final List<String> OFTEN_UNKNOWN = List.of("top_k", "min_p");

    /** Whether the server refuses fields that it doesn't know. */
    private volatile boolean strict;

    abstract void putPrompt(ObjectNode body, TextRequest request);

    /** @param mostLikely how many of the most likely tokens are told at each place */
    abstract void putLogprobs(ObjectNode body, int mostLikely);

    /**
     * More of the answer's text.
     *
     * @throws IOException if a choice of this kind looks otherwise
     */
    abstract String text(JsonNode choice) throws IOException;

    @Override
    public String what() {
        return "an OpenAI-compatible server";
    }

    /** llama.cpp's. */
    @Override
    public String usualAddress() {
        return "http://localhost:8080";
    }

    @Override
    public String pathBefore(String given) {
        return given.endsWith(VERSION) ? given : given + VERSION;
    }

    @Override
    public ObjectNode body(TextRequest request, String model) {
        ObjectNode body = ServerJson.object().put("model", request.adapter().orElse(model));
        putPrompt(body, request);
        Sampling sampling = request.settings().sampling();
        body.put("max_tokens", request.settings().maxNewTokens())
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("seed", Math.floorMod(sampling.seed(), Integer.MAX_VALUE))
                .put("stream", true);
        if (!sampling.greedy()) {
            // Not OpenAI's own, but vLLM's and llama.cpp's, which has other defaults than none.
            putUnlessOff(body, "top_k", sampling.topK());
            putUnlessOff(body, "min_p", sampling.minP());
        }
        if (sampling.repetitionPenalty() != 1) {
            body.put("repetition_penalty", sampling.repetitionPenalty())
                    .put("repeat_penalty", sampling.repetitionPenalty());
        }
        if (request.settings().n() > 1) {
            body.put("n", request.settings().n());
        }
        request.settings().logprobs().ifPresent(mostLikely -> putLogprobs(body, mostLikely));
        body.putObject("stream_options").put("include_usage", true);
        if (!request.stopTexts().isEmpty()) {
            request.stopTexts().forEach(body.putArray("stop")::add);
        }
        return body;
    }

    private void putUnlessOff(ObjectNode body, String name, double value) {
        if (value != 0 || !strict) {
            if (value == Math.rint(value)) {
                body.put(name, (long) value);
            } else {
                body.put(name, value);
            }
        }
    }

    @Override
    public Optional<ObjectNode> plainer(ObjectNode refused, String said) {
        List<String> off = OFTEN_UNKNOWN.stream()
                .filter(name -> refused.has(name) && refused.path(name).asDouble() == 0)
                .toList();
        if (off.stream().noneMatch(said::contains)) {
            return Optional.empty();
        }
        strict = true;
        return Optional.of(refused.deepCopy().remove(off));
    }

    @Override
    public ServerEvent event(String line) throws IOException {
        if (line.isBlank() || line.startsWith(":") || line.startsWith("event:") || line.startsWith("id:")) {
            return ServerEvent.NONE;
        }
        // A failure before the first token may come as plain JSON.
        String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : line;
        if (data.equals(DONE)) {
            return ServerEvent.LAST;
        }
        ObjectNode event = ServerJson.parse(data);
        String error = ServerJson.error(event);
        if (error != null) {
            return ServerEvent.failure(error);
        }
        if (!event.path("choices").isArray()) {
            throw new IOException("no choices");
        }
        List<Choice> choices = new ArrayList<>();
        for (JsonNode choice : event.path("choices")) {
            choices.add(new Choice(
                    choice.path("index").asInt(),
                    text(choice),
                    end(choice),
                    ServerLogprobs.read(choice.path("logprobs"))));
        }
        return new ServerEvent(choices, false, usage(event.path("usage")), null);
    }

    private static @Nullable End end(JsonNode choice) {
        return switch (choice.path("finish_reason").asText("")) {
            case "", "null" -> null;
            case "length" -> End.LENGTH;
            default -> End.STOP;
        };
    }

    private static @Nullable Usage usage(JsonNode usage) {
        return usage.isObject()
                ? new Usage(
                        End.STOP,
                        usage.path("prompt_tokens").asInt(),
                        usage.path("prompt_tokens_details")
                                .path("cached_tokens")
                                .asInt(),
                        usage.path("completion_tokens").asInt())
                : null;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.SEVERAL_TEXTS, Ability.LOGPROBS);
    }

    @Override
    public String modelsPath() {
        return "/models";
    }

    @Override
    public List<String> models(JsonNode list) throws IOException {
        return ServerJson.names(list, "data", "id");
    }
}
