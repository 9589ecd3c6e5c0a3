package org.sqltune.inference.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.runtime.BlockingRuntime.Ability;
import org.sqltune.inference.runtime.BlockingRuntime.Usage;
import org.sqltune.inference.runtime.ServerEvent.Choice;
import org.sqltune.model.generation.Sampling;
import org.sqltune.model.server.ServerJson;

/** {@code POST /api/generate} of Ollama, raw: its own template is passed by. Answers are JSON, an object a line. */
final class OllamaProtocol implements ServerProtocol {
    private final String usualAddress;

    /** @param usualAddress where Ollama is unless somebody says otherwise */
    OllamaProtocol(String usualAddress) {
        this.usualAddress = usualAddress;
    }

    @Override
    public String what() {
        return "an Ollama server";
    }

    @Override
    public String usualAddress() {
        return usualAddress;
    }

    @Override
    public String pathBefore(String given) {
        return given;
    }

    @Override
    public String path() {
        return "/api/generate";
    }

    @Override
    public ObjectNode body(TextRequest request, String model) {
        ObjectNode body = ServerJson.object()
                .put("model", request.adapter().orElse(model))
                .put("prompt", request.prompt())
                .put("raw", true)
                .put("stream", true)
                // A prompt that is too long is refused, not cut in silence.
                .put("truncate", false)
                .put("shift", false);
        Sampling sampling = request.settings().sampling();
        ObjectNode options = body.putObject("options")
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("top_k", sampling.topK())
                .put("min_p", sampling.minP())
                .put("num_predict", request.settings().maxNewTokens())
                .put("seed", Math.floorMod(sampling.seed(), Integer.MAX_VALUE))
                // SQL repeats names; some versions punish that unless told otherwise.
                .put("repeat_penalty", sampling.repetitionPenalty());
        if (!request.stopTexts().isEmpty()) {
            request.stopTexts().forEach(options.putArray("stop")::add);
        }
        request.settings()
                .logprobs()
                .ifPresent(mostLikely -> body.put("logprobs", true).put("top_logprobs", mostLikely));
        return body;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.LOGPROBS);
    }

    @Override
    public ServerEvent event(String line) throws IOException {
        if (line.isBlank()) {
            return ServerEvent.NONE;
        }
        ObjectNode event = ServerJson.parse(line);
        String error = ServerJson.error(event);
        if (error != null) {
            return ServerEvent.failure(error);
        }
        if (!event.path("done").isBoolean()) {
            throw new IOException("no done");
        }
        boolean done = event.path("done").asBoolean();
        Choice choice = new Choice(
                0,
                event.path("response").asText(""),
                done ? end(event) : null,
                ServerLogprobs.read(event.path("logprobs")));
        return new ServerEvent(List.of(choice), done, done ? usage(event) : null, null);
    }

    private static End end(JsonNode event) {
        return event.path("done_reason").asText().equals("length") ? End.LENGTH : End.STOP;
    }

    private static @Nullable Usage usage(JsonNode event) {
        return event.has("eval_count")
                ? new Usage(
                        End.STOP,
                        event.path("prompt_eval_count").asInt(),
                        0,
                        event.path("eval_count").asInt())
                : null;
    }

    @Override
    public String modelsPath() {
        return "/api/tags";
    }

    @Override
    public List<String> models(JsonNode list) throws IOException {
        return ServerJson.names(list, "models", "name");
    }
}
