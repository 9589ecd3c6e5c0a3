package org.sqltune.data.rows;

import java.util.HashMap;
import java.util.Map;

/** Makes sure that no two rows of a file have the same id: answers and scores are stored by it. */
public final class UniqueIds {
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> onLine = new HashMap<>();
    private final String key;

    /** For rows with their ids at {@code id}. */
    public UniqueIds() {
        this("id");
    }

    /** For rows with their ids at {@code key}. */
    public UniqueIds(String key) {
        this.key = key;
    }

    /**
     * Returns the row's id. Rows without one that begin on one line, as all of a JSON array may, are numbered.
     *
     * @throws org.sqltune.core.SqlTuneException if an earlier row has it
     */
    public String of(JsonRow row) {
        String id = row.has(key) ? row.id(key) : numbered(row.id(key));
        Integer earlier = lines.putIfAbsent(id, row.line());
        if (earlier != null) {
            throw row.fault("id " + id + " is that of " + row.unit() + " " + earlier
                    + " as well; make ids unique or leave them out");
        }
        return id;
    }

    private String numbered(String made) {
        int count = onLine.merge(made, 1, Integer::sum);
        return count == 1 ? made : made + "-" + count;
    }
}
