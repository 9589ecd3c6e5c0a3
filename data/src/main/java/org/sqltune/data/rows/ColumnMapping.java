package org.sqltune.data.rows;

import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;

/**
 * What the fields of a user's rows are called, by what they mean.
 *
 * @param names names by meaning; what isn't there is called as it is meant
 */
public record ColumnMapping(Map<String, String> names) {
    /** Every meaning there is. */
    public static final List<String> MEANINGS = List.of(
            "id",
            "db_id",
            "question",
            "schema",
            "sql",
            "explanation",
            "domain",
            "complexity",
            "evidence",
            "prompt",
            "completion");

    /** Fields under their own names. */
    public static final ColumnMapping IDENTITY = new ColumnMapping(Map.of());

    /** @throws SqlTuneException if a meaning is unknown */
    public ColumnMapping {
        names = Map.copyOf(names);
        for (String meaning : names.keySet()) {
            if (!MEANINGS.contains(meaning)) {
                throw new SqlTuneException("data.columns." + meaning
                        + ": no field of a row means that; name the columns" + " for " + MEANINGS);
            }
        }
    }

    /** What the field of a meaning is called. */
    public String name(String meaning) {
        return names.getOrDefault(meaning, meaning);
    }
}
