package org.sqltune.inference.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.sqltune.inference.engine.TextRequest;

/**
 * {@code POST /v1/chat/completions}: prompts as messages, which the server's own chat template writes, for servers that take
 * nothing else.
 */
final class OpenAiChat extends OpenAiProtocol {
    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    void putPrompt(ObjectNode body, TextRequest request) {
        body.putArray("messages").addObject().put("role", "user").put("content", request.prompt());
    }

    @Override
    void putLogprobs(ObjectNode body, int mostLikely) {
        body.put("logprobs", true).put("top_logprobs", mostLikely);
    }

    @Override
    String text(JsonNode choice) throws IOException {
        JsonNode delta = choice.path("delta");
        if (!delta.isObject() && !choice.hasNonNull("finish_reason")) {
            throw new IOException("no delta");
        }
        return delta.path("content").asText("");
    }
}
