package org.sqltune.data.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures of one part.
 *
 * @param name the part
 * @param examples its rows
 * @param executed rows whose query was run
 * @param withoutDatabase rows whose query couldn't be run, by the database that is missing
 */
public record PartAudit(String name, int examples, int executed, SortedMap<String, Integer> withoutDatabase) {
    public PartAudit {
        withoutDatabase = Collections.unmodifiableSortedMap(new TreeMap<>(withoutDatabase));
    }
}
