package org.sqltune.evaluation;

import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.sql.facts.QueryFacts;

/** Sorts queries into kinds. */
public final class QueryCategorizer {
    private QueryCategorizer() {}

    /**
     * The last kind that fits, by the query's tree, or by its tokens if it isn't a query in SQLite's grammar.
     *
     * @param sql any text
     */
    public static QueryCategory categorize(String sql) {
        return QueryFacts.categoryOf(sql);
    }
}
