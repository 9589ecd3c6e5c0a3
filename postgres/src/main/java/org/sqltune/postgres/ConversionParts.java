package org.sqltune.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.sqltune.core.example.Example;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.split.Splits;

/** Which examples are converted under which name. */
public final class ConversionParts {
    private ConversionParts() {}

    /**
     * Returns a data set's parts by name, in order; a test set that is the validation set comes once, empty ones not
     * at all.
     */
    public static Map<String, List<Example>> of(Splits<Example> splits) {
        Map<String, List<Example>> parts = new LinkedHashMap<>();
        parts.put("train", splits.train());
        parts.put("validation", splits.validation());
        if (!splits.test().equals(splits.validation())) {
            parts.put("test", splits.test());
        }
        parts.values().removeIf(List::isEmpty);
        return parts;
    }

    /**
     * At most that many of those that have a database, chosen by chance, in their order.
     *
     * @param seed decides which
     */
    public static List<Example> sample(List<Example> examples, DatabaseFolder databases, int limit, long seed) {
        Map<String, Boolean> known = new LinkedHashMap<>();
        List<Example> usable = examples.stream()
                .filter(example -> known.computeIfAbsent(
                        example.databaseId(), id -> databases.locate(id).isPresent()))
                .toList();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, usable.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order.stream().limit(limit).sorted().map(usable::get).toList();
    }
}
