package org.sqltune.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.example.Example;
import org.sqltune.core.sql.QueryDatabases;

/** Finds databases that examples name and that don't exist. */
final class MissingDatabases {
    private static final Logger log = LoggerFactory.getLogger(MissingDatabases.class);

    private MissingDatabases() {}

    /**
     * Returns each missing database with its number of examples, and logs a warning for each.
     *
     * @param databases null if no query is executed: then no database is missing
     */
    static SortedMap<String, Integer> of(List<Example> examples, @Nullable QueryDatabases databases) {
        SortedMap<String, Integer> missing = new TreeMap<>();
        if (databases == null) {
            return missing;
        }
        Map<String, Boolean> present = new HashMap<>();
        present.put("", true);
        for (Example example : examples) {
            String name = example.databaseId();
            if (!present.computeIfAbsent(name, id -> databases.has(id))) {
                missing.merge(name, 1, Integer::sum);
            }
        }
        missing.forEach((name, count) ->
                log.warn("No database \"{}\" in {}: its {} examples are skipped", name, databases, count));
        return missing;
    }
}
