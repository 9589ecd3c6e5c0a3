package org.sqltune.core.config.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a data set are read; keys of section {@code data}.
 *
 * @param columns what the fields of your own files are called, by what they mean: {@code {question: utterance, sql:
 *     query}}; a meaning that isn't named is looked for under its own name
 * @param database the database that your own files ask: an SQLite file, a folder of them or a JDBC URL; null if rows bring their schemas
 * @param skipBad whether a broken row is left out and counted; otherwise it ends the reading
 * @param textOnlyRows whether rows of WikiSQL that have their query as a text only are taken, as far as the headers known
 *     explain them
 */
public record SourceSettings(
        Map<String, String> columns, @Nullable String database, boolean skipBad, boolean textOnlyRows) {
    /** Fields under their own names, no database, strict. */
    public static final SourceSettings DEFAULTS = new SourceSettings(Map.of(), null, false, false);

    public SourceSettings {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The same without what is for files of the user's own alone. */
    SourceSettings withoutOwnRows() {
        return new SourceSettings(Map.of(), null, skipBad, textOnlyRows);
    }
}
