package org.sqltune.evaluation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was evaluated. Every map is of names to texts; an empty one means that nobody said.
 *
 * @param title what a reader calls it, such as {@code base} or an adapter's name
 * @param createdAt when, as ISO 8601 in UTC; null if nobody said
 * @param versions of this program and its parts
 * @param data the questions: where they are from
 * @param model the model: its name, adapter and hashes of their files
 * @param prompt the prompt form, with a hash of what it makes of the questions
 * @param decoding how answers were decoded
 * @param rules what each score means, by score
 */
public record Provenance(
        String title,
        @Nullable String createdAt,
        Map<String, String> versions,
        Map<String, String> data,
        Map<String, String> model,
        Map<String, String> prompt,
        Map<String, String> decoding,
        Map<String, String> rules) {
    /** Nobody said anything. */
    public static final Provenance UNKNOWN =
            new Provenance("", null, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public Provenance {
        versions = copy(versions);
        data = copy(data);
        model = copy(model);
        prompt = copy(prompt);
        decoding = copy(decoding);
        rules = copy(rules);
    }

    /** The same with other rules. */
    public Provenance withRules(Map<String, String> others) {
        return new Provenance(title, createdAt, versions, data, model, prompt, decoding, others);
    }

    private static Map<String, String> copy(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
