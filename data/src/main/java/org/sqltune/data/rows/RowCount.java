package org.sqltune.data.rows;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the rows of a file.
 *
 * @param file its name
 * @param rowsIn rows that it has
 * @param rowsOut rows that are examples now
 * @param rejects rows left out, by reason
 */
public record RowCount(String file, int rowsIn, int rowsOut, Map<String, Integer> rejects) {
    public RowCount {
        rejects = Collections.unmodifiableMap(new TreeMap<>(rejects));
    }
}
