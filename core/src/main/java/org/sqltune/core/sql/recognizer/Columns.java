package org.sqltune.core.sql.recognizer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table or of a query.
 *
 * @param count how many there are, those without a name that can be written included
 * @param names those that can be named, as names are compared, in order
 */
record Columns(int count, Set<String> names) {
    /** Of a query: a name that was there before is numbered by SQLite and can't be named by itself. */
    static Columns of(List<@Nullable String> outputs) {
        Set<String> names = new LinkedHashSet<>();
        for (String output : outputs) {
            if (output != null) {
                names.add(output);
            }
        }
        return new Columns(outputs.size(), names);
    }

    static Columns ofNames(List<String> names) {
        return of(new ArrayList<>(names));
    }

    boolean has(String column) {
        return names.contains(column);
    }
}
