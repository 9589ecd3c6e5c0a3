package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.SchemaContent;

/**
 * Groups questions of one schema into chunks that a predictor answers together, so that they share the schema's work.
 */
final class QuestionChunks {
    private QuestionChunks() {}

    /**
     * Returns indices of examples, in chunks of one schema.
     *
     * @param largest the maximal size of a chunk
     */
    static List<List<Integer>> of(List<Example> examples, int largest) {
        Map<Key, List<Integer>> bySchema = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            bySchema.computeIfAbsent(new Key(example.databaseId(), example.schema()), key -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> chunks = new ArrayList<>();
        for (List<Integer> places : bySchema.values()) {
            for (int start = 0; start < places.size(); start += largest) {
                chunks.add(places.subList(start, Math.min(places.size(), start + largest)));
            }
        }
        return chunks;
    }

    private record Key(String databaseId, SchemaContent schema) {}
}
