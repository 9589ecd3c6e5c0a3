package org.sqltune.evaluation.category;

import org.sqltune.core.example.QueryCategory;

/** Sorts queries into kinds by what they contain. */
public final class QueryCategorizer {
    private QueryCategorizer() {}

    /**
     * The last kind that fits. Where the parser is at a loss, for a dialect of its own or broken SQL, the tokens decide.
     *
     * @param sql any text
     */
    public static QueryCategory categorize(String sql) {
        return ParsedFeatures.of(sql).orElseGet(() -> ScannedFeatures.of(sql)).category();
    }
}
