package org.sqltune.inference.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sqltune.inference.engine.TokenLogprob;

/** Reads the probabilities of tokens in the forms of OpenAI's two ways to ask, which Ollama and llama.cpp have taken over. */
final class ServerLogprobs {
    private static final Comparator<TokenLogprob> MOST_LIKELY_FIRST =
            Comparator.comparingDouble(TokenLogprob::logprob).reversed();

    private ServerLogprobs() {}

    /**
     * The tokens of an event.
     *
     * @param logprobs {@code {"tokens", "token_logprobs", "top_logprobs"}}, {@code {"content": [token]}} or {@code [token]}, where a
     *     token is {@code {"token", "logprob", "top_logprobs"}}; anything else has none
     */
    static List<TokenLogprob> read(JsonNode logprobs) {
        if (logprobs.path("tokens").isArray()) {
            return parallelLists(logprobs);
        }
        return objects(logprobs.isArray() ? logprobs : logprobs.path("content"));
    }

    private static List<TokenLogprob> parallelLists(JsonNode logprobs) {
        List<TokenLogprob> tokens = new ArrayList<>();
        for (int i = 0; i < logprobs.path("tokens").size(); i++) {
            List<TokenLogprob> mostLikely = new ArrayList<>();
            logprobs.path("top_logprobs")
                    .path(i)
                    .fields()
                    .forEachRemaining(each ->
                            mostLikely.add(token(each.getKey(), each.getValue().asDouble(), List.of())));
            mostLikely.sort(MOST_LIKELY_FIRST);
            tokens.add(token(
                    logprobs.path("tokens").path(i).asText(),
                    logprobs.path("token_logprobs").path(i).asDouble(),
                    mostLikely));
        }
        return tokens;
    }

    private static List<TokenLogprob> objects(JsonNode list) {
        List<TokenLogprob> tokens = new ArrayList<>();
        list.forEach(each -> {
            List<TokenLogprob> mostLikely = new ArrayList<>(objects(each.path("top_logprobs")));
            mostLikely.sort(MOST_LIKELY_FIRST);
            tokens.add(token(each.path("token").asText(), each.path("logprob").asDouble(), mostLikely));
        });
        return tokens;
    }

    private static TokenLogprob token(String text, double logprob, List<TokenLogprob> mostLikely) {
        return new TokenLogprob(TokenLogprob.UNKNOWN, text, logprob, mostLikely);
    }
}
