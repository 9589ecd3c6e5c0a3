package org.sqltune.evaluation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was evaluated. Every map has texts by name; an empty map means unknown.
 *
 * @param title the title for readers, such as {@code base} or an adapter's name
 * @param createdAt time of the evaluation, as ISO 8601 in UTC; null if unknown
 * @param versions the versions of SqlTune and its libraries
 * @param data the source of the questions
 * @param model the model's name, its adapter, and hashes of their files
 * @param prompt the prompt form, and a hash of the prompts
 * @param decoding the decoding settings
 * @param rules the definition of each score, by its name
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
    /** Nothing is known. */
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

    /** Returns this provenance with other rules. */
    public Provenance withRules(Map<String, String> others) {
        return new Provenance(title, createdAt, versions, data, model, prompt, decoding, others);
    }

    private static Map<String, String> copy(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
