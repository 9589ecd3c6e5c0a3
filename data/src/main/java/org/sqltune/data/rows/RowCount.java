package org.sqltune.data.rows;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers of used and rejected rows of a file.
 *
 * @param file its name
 * @param rowsIn rows in the file
 * @param rowsOut rows that became examples
 * @param rejects rows left out, by reason
 */
public record RowCount(String file, int rowsIn, int rowsOut, Map<String, Integer> rejects) {
    public RowCount {
        rejects = Collections.unmodifiableMap(new TreeMap<>(rejects));
    }
}
