package org.sqltune.data.rows;

import java.util.HashMap;
import java.util.Map;

/** Requires that no two rows of a file have the same id, since answers and scores are stored by id. */
public final class UniqueIds {
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> onLine = new HashMap<>();
    private final String key;

    /** Creates a check of ids at {@code id}. */
    public UniqueIds() {
        this("id");
    }

    /** Creates a check of ids at {@code key}. */
    public UniqueIds(String key) {
        this.key = key;
    }

    /**
     * Returns the row's id. Rows without id that begin on the same line, as in a JSON array, are numbered.
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
