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

/** Chooses the examples to convert. */
public final class ConversionParts {
    private ConversionParts() {}

    /**
     * Returns a data set's non-empty parts by name, in order; a test set that equals the validation set is left out.
     */
    public static Map<String, List<Example>> of(Splits<Example> splits) {
        Map<String, List<Example>> parts = new LinkedHashMap<>();
        parts.put("train", splits.train());
        parts.putAll(splits.heldOut());
        parts.values().removeIf(List::isEmpty);
        return parts;
    }

    /**
     * Returns a random sample of the examples that have a database, in their order.
     *
     * @param limit the maximal size of the sample @param seed the random seed
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
