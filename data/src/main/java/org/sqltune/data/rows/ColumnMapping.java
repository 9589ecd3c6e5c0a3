package org.sqltune.data.rows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;

/**
 * Maps the meaning of a row's fields to the field names in a user's files.
 *
 * @param names field names by meaning; a meaning without an entry is the field's name
 */
public record ColumnMapping(Map<String, String> names) {
    /** All known meanings. */
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
            "completion",
            "messages",
            "conversations",
            "instruction",
            "input",
            "output",
            "system");

    /** Fields that SqlTune can't train on. */
    private static final List<String> REFUSED = List.of("tools", "functions", "images", "history");

    /** Maps every meaning to the field of the same name. */
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

    /** Returns the fields that have a meaning, and the refused ones. */
    public Wanted wanted() {
        return Wanted.of(Stream.concat(MEANINGS.stream().map(this::name), REFUSED.stream())
                .toList());
    }

    /** Returns the field name of a meaning. */
    public String name(String meaning) {
        return names.getOrDefault(meaning, meaning);
    }
}
