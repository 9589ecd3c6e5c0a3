package org.sqltune.core.sql.recognizer.name;

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
public record Columns(int count, Set<String> names) {
    /** Of a query: a name that was there before is numbered by SQLite and can't be named by itself. */
    public static Columns of(List<@Nullable String> outputs) {
        Set<String> names = new LinkedHashSet<>();
        for (String output : outputs) {
            if (output != null) {
                names.add(output);
            }
        }
        return new Columns(outputs.size(), names);
    }

    public static Columns ofNames(List<String> names) {
        return of(new ArrayList<>(names));
    }

    public boolean has(String column) {
        return names.contains(column);
    }
}
