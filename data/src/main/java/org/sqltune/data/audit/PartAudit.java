package org.sqltune.data.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Statistics of one part.
 *
 * @param name the part
 * @param examples number of rows
 * @param executed number of rows whose query was run
 * @param withoutDatabase number of rows whose query couldn't be run, by missing database
 */
public record PartAudit(String name, int examples, int executed, SortedMap<String, Integer> withoutDatabase) {
    public PartAudit {
        withoutDatabase = Collections.unmodifiableSortedMap(new TreeMap<>(withoutDatabase));
    }
}
