package org.sqltune.data.rows;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers of used and rejected rows of a file.
 *
 * @param file the file's name
 * @param rowsIn number of rows in the file
 * @param rowsOut number of rows that became examples
 * @param rejects number of rows left out, by reason
 */
public record RowCount(String file, int rowsIn, int rowsOut, Map<String, Integer> rejects) {
    public RowCount {
        rejects = Collections.unmodifiableMap(new TreeMap<>(rejects));
    }
}
