package org.sqltune.workflow.verify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.evaluation.metric.Score;

/** A comparison as JSON, with every answer. */
final class VerifyJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private VerifyJson() {}

    /** Writes it where the result says. */
    static void write(VerifyResult result) {
        AtomicFiles.writeString(result.report(), of(result).toPrettyString() + "\n");
    }

    private static ObjectNode of(VerifyResult result) {
        ObjectNode json = JSON.createObjectNode()
                .put("file", result.file().toString())
                .put("type", result.type())
                .put("model", result.model())
                .put("met", result.met())
                .put("questions", result.answers().size());
        if (result.texts()) {
            json.put("same_prompts", result.samePrompts());
        }
        json.put("same_answers", result.sameAnswers())
                .put("tokens", result.tokens())
                .put("same_tokens", result.sameTokens());
        json.putObject("needed")
                .put("all_answers", result.limits().allAnswers())
                .put("least_same_tokens", result.limits().leastTokens());
        putScore(json, "execution_accuracy", result.own());
        putScore(json, "execution_accuracy_llama_cpp", result.other());
        result.notes().forEach(json.putArray("notes")::add);
        for (VerifiedAnswer each : result.answers()) {
            json.withArray("answers")
                    .addObject()
                    .put("id", each.id())
                    .put("question", each.question())
                    .put("prompt_tokens", each.promptTokens())
                    .put("first_other_prompt_token", each.firstOtherPromptToken())
                    .put("answer", each.answer())
                    .put("answer_llama_cpp", each.other())
                    .put("tokens", each.tokens())
                    .put("same_tokens", each.sameTokens())
                    .put("first_other_token", each.firstOtherToken());
        }
        return json;
    }

    private static void putScore(ObjectNode json, String name, Score score) {
        if (score.total() > 0) {
            json.putObject(name).put("right", score.correct()).put("of", score.total());
        }
    }
}
