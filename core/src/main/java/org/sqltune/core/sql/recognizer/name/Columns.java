package org.sqltune.core.sql.recognizer.name;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table or of a query.
 *
 * @param count how many there are, those without a name that can be written included
 * @param names those that can be named, as names are compared, in order
 * @param reads how many tables are read for them: one for a table
 */
public record Columns(int count, Set<String> names, int reads) {
    /**
     * Of a query: a name that was there before is numbered by SQLite and can't be named by itself, and columns called TRUE or
     * FALSE get other names.
     */
    public static Columns of(List<@Nullable String> outputs, int reads) {
        Set<String> names = new LinkedHashSet<>();
        for (String output : outputs) {
            if (output != null && !output.equals("true") && !output.equals("false")) {
                names.add(output);
            }
        }
        return new Columns(outputs.size(), names, reads);
    }

    public boolean has(String column) {
        return names.contains(column);
    }

    /** The same columns, for which at least so many tables are read. */
    public Columns reading(int least) {
        return least <= reads ? this : new Columns(count, names, least);
    }
}
