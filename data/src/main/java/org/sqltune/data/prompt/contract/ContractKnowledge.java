package org.sqltune.data.prompt.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;

/** The user's knowledge in {@code sqltune.json}: the texts themselves, since a model is copied without other files. */
final class ContractKnowledge {
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "documentation",
            "examples",
            "glossary",
            "glossary_comments",
            "retrieved_examples",
            "retrieved_max_tokens",
            "retrieved_paragraphs"));

    private ContractKnowledge() {}

    static ObjectNode json(KnowledgeSettings knowledge) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("documentation", knowledge.documentation());
        json.put("examples", knowledge.examples());
        json.put("glossary", knowledge.glossary());
        json.put("glossary_comments", knowledge.glossaryComments());
        json.put("retrieved_examples", knowledge.retrievedExamples());
        json.put("retrieved_max_tokens", knowledge.retrievedMaxTokens());
        json.put("retrieved_paragraphs", knowledge.retrievedParagraphs());
        return json;
    }

    /** Reads what {@link #json} wrote; empty if it is anything else. */
    static Optional<KnowledgeSettings> read(JsonNode json) {
        Set<String> keys = new TreeSet<>();
        json.fieldNames().forEachRemaining(keys::add);
        boolean whole = keys.equals(KEYS)
                && isText(json.path("documentation"))
                && isText(json.path("examples"))
                && isText(json.path("glossary"))
                && json.path("glossary_comments").isBoolean()
                && isCount(json.path("retrieved_examples"), 0)
                && isCount(json.path("retrieved_max_tokens"), 1)
                && isCount(json.path("retrieved_paragraphs"), 0);
        return whole
                ? Optional.of(new KnowledgeSettings(
                        text(json.path("glossary")),
                        json.path("glossary_comments").asBoolean(),
                        text(json.path("examples")),
                        text(json.path("documentation")),
                        json.path("retrieved_examples").asInt(),
                        json.path("retrieved_paragraphs").asInt(),
                        json.path("retrieved_max_tokens").asInt()))
                : Optional.empty();
    }

    private static boolean isText(JsonNode value) {
        return value.isNull() || (value.isTextual() && KnowledgeSettings.isText(value.asText()));
    }

    private static boolean isCount(JsonNode value, int least) {
        return value.isIntegralNumber() && value.canConvertToInt() && value.asInt() >= least;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isNull() ? null : value.asText();
    }
}
