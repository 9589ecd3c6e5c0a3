package org.sqltune.inference.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.sqltune.inference.engine.TextRequest;

/** {@code POST /v1/completions}: whole prompts, as vLLM, llama.cpp's server and many others take them. */
final class OpenAiCompletions extends OpenAiProtocol {
    private final PromptForm prompts;

    OpenAiCompletions(PromptForm prompts) {
        this.prompts = prompts;
    }

    @Override
    public String path() {
        return "/completions";
    }

    @Override
    void putPrompt(ObjectNode body, TextRequest request) {
        if (prompts instanceof PromptForm.Ids ids) {
            ArrayNode array = body.putArray("prompt");
            for (long id : ids.tokenizer().apply(request)) {
                array.add(id);
            }
        } else {
            body.put("prompt", request.prompt());
        }
    }

    @Override
    void putLogprobs(ObjectNode body, int mostLikely) {
        body.put("logprobs", mostLikely);
    }

    @Override
    String text(JsonNode choice) throws IOException {
        if (!choice.path("text").isTextual() && !choice.hasNonNull("finish_reason")) {
            throw new IOException("no text");
        }
        return choice.path("text").asText("");
    }
}
