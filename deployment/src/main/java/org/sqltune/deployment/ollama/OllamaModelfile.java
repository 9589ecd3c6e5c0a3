package org.sqltune.deployment.ollama;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Ollama is told of a model: as the body of {@code /api/create}, and as a Modelfile for {@code ollama create}.
 *
 * @param source the weights
 * @param template how a prompt is written
 * @param system the system message, which is the schema; null for none
 * @param stop texts that end an answer
 * @param contextTokens the longest prompt with its answer, in tokens
 * @param answerTokens the longest answer, in tokens
 */
public record OllamaModelfile(
        Source source,
        String template,
        @Nullable String system,
        List<String> stop,
        int contextTokens,
        int answerTokens) {
    public OllamaModelfile {
        stop = List.copyOf(stop);
    }

    /** The weights: of one file, or of a model that Ollama has and an adapter. */
    public sealed interface Source {
        /**
         * A model.
         *
         * @param file the GGUF file's name
         * @param digest its blob, {@code sha256:…}
         */
        record Model(String file, String digest) implements Source {}

        /**
         * An adapter over a model.
         *
         * @param base what the model is called in Ollama
         * @param file the adapter's GGUF file's name
         * @param digest its blob
         */
        record Adapter(String base, String file, String digest) implements Source {}
    }

    /**
     * The body of {@code /api/create}.
     *
     * @param name what the model is to be called
     */
    ObjectNode body(OllamaName name) {
        ObjectNode body = JsonMapper.builder().build().createObjectNode();
        body.put("model", name.text()).put("stream", true);
        if (source instanceof Source.Model model) {
            body.putObject("files").put(model.file(), model.digest());
        } else if (source instanceof Source.Adapter adapter) {
            body.put("from", adapter.base()).putObject("adapters").put(adapter.file(), adapter.digest());
        }
        body.put("template", template);
        if (system != null) {
            body.put("system", system);
        }
        // Greedy, as answers are scored. SQL repeats names: some versions punish that unless told otherwise.
        ObjectNode parameters = body.putObject("parameters")
                .put("temperature", 0)
                .put("repeat_penalty", 1.0)
                .put("num_ctx", contextTokens)
                .put("num_predict", answerTokens);
        if (!stop.isEmpty()) {
            ArrayNode texts = parameters.putArray("stop");
            stop.forEach(texts::add);
        }
        return body;
    }

    /** The same as a Modelfile, whose files lie beside it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (source instanceof Source.Model model) {
            text.append("FROM ./").append(model.file()).append('\n');
        } else if (source instanceof Source.Adapter adapter) {
            text.append("FROM ").append(adapter.base()).append('\n');
            text.append("ADAPTER ./").append(adapter.file()).append('\n');
        }
        text.append("TEMPLATE ").append(quoted(template)).append('\n');
        if (system != null) {
            text.append("SYSTEM ").append(quoted(system)).append('\n');
        }
        Map<String, Object> parameters =
                Map.of("temperature", 0, "repeat_penalty", 1.0, "num_ctx", contextTokens, "num_predict", answerTokens);
        parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> parameter(text, each.getKey(), each.getValue()));
        stop.forEach(each -> parameter(text, "stop", '"' + each + '"'));
        return text.toString();
    }

    private static void parameter(StringBuilder text, String name, Object value) {
        text.append("PARAMETER ").append(name).append(' ').append(value).append('\n');
    }

    /** Between three quotes, which a text with three quotes of its own can't be: then between one. */
    private static String quoted(String text) {
        String quotes = text.contains("\"\"\"") ? "\"" : "\"\"\"";
        return quotes + text + quotes;
    }
}
