package org.sqltune.core.config.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether tokenised data is kept for the next run; keys of section {@code training}.
 *
 * @param datasetCache whether it is kept, and taken from there if rows, tokenizer and length are the same
 * @param datasetCacheDir where; null for {@code sqltune/tokenized} in {@code HF_HOME}, or else in the user's cache folder
 */
public record DatasetCacheSettings(
        boolean datasetCache, @Nullable Path datasetCacheDir) {
    /** Kept, in the usual place. */
    public static DatasetCacheSettings defaults() {
        return new DatasetCacheSettings(true, null);
    }
}
