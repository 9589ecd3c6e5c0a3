package org.sqltune.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.AnswerEvidence.Outcome;
import org.sqltune.core.example.SqlPrediction;

/** An answer as a line of the journal. */
final class JournalLine {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JournalLine() {}

    static String of(SqlPrediction answer) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", answer.id())
                .put("sql", answer.sql())
                .put("generated_tokens", answer.generatedTokens())
                .put("seconds", answer.seconds())
                .put("cut", answer.cut());
        AnswerEvidence evidence = answer.evidence();
        if (evidence != null) {
            node.putObject("evidence")
                    .put("candidates", evidence.candidates())
                    .put("agreed", evidence.agreed())
                    .put("share", evidence.share())
                    .put("mean_logprob", evidence.meanLogprob())
                    .put("min_logprob", evidence.minLogprob())
                    .put("outcome", evidence.outcome().name().toLowerCase(Locale.ROOT));
        }
        if (answer.confidence() != null) {
            node.put("confidence", answer.confidence());
        }
        return node + "\n";
    }

    /** The answer; empty if the line isn't a whole one. */
    static Optional<SqlPrediction> read(@Nullable JsonNode line) {
        if (line == null || !line.hasNonNull("id") || !line.hasNonNull("sql")) {
            return Optional.empty();
        }
        return Optional.of(new SqlPrediction(
                line.get("id").asText(),
                line.get("sql").asText(),
                line.path("generated_tokens").asInt(),
                line.path("seconds").asDouble(),
                line.path("cut").asBoolean(),
                evidence(line.path("evidence")),
                line.hasNonNull("confidence") ? (Double) line.get("confidence").asDouble() : null));
    }

    private static @Nullable AnswerEvidence evidence(JsonNode node) {
        return node.isObject()
                ? new AnswerEvidence(
                        node.path("candidates").asInt(),
                        node.path("agreed").asInt(),
                        node.path("share").asDouble(),
                        node.path("mean_logprob").asDouble(),
                        node.path("min_logprob").asDouble(),
                        Outcome.valueOf(node.path("outcome").asText().toUpperCase(Locale.ROOT)))
                : null;
    }
}
