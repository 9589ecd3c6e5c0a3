package org.sqltune.evaluation;

import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.sql.facts.QueryFacts;

/** Sorts queries into categories. */
public final class QueryCategorizer {
    private QueryCategorizer() {}

    /**
     * Returns the hardest category that fits. Uses the query's syntax tree, or its tokens if it isn't in SQLite's
     * grammar.
     *
     * @param sql any text
     */
    public static QueryCategory categorize(String sql) {
        return QueryFacts.categoryOf(sql);
    }
}
