package org.sqltune.synthesis.grammar;

import java.util.Map;
import org.sqltune.synthesis.profile.ColumnProfile;

/** What rows must fulfil. */
public sealed interface DraftCondition {
    /**
     * Returns the condition as SQL.
     *
     * @param alias the table's alias with its dot, such as {@code T1.}; empty for none
     */
    String sql(String alias);

    /**
     * One condition on one column: {@code before column after}.
     *
     * @param kind the section of the phrase book that speaks it
     * @param column the column
     * @param before SQL before the column, such as the start of a function call; mostly empty
     * @param after SQL after it
     * @param terms what the phrases may mention
     */
    record Single(String kind, ColumnProfile column, String before, String after, Map<String, Term> terms)
            implements DraftCondition {
        public Single {
            terms = Map.copyOf(terms);
        }

        @Override
        public String sql(String alias) {
            return before + alias + column.sql() + after;
        }
    }

    /**
     * Two conditions.
     *
     * @param first the one spoken first
     * @param both whether both must hold; else either
     * @param second the one spoken second
     */
    record Compound(Single first, boolean both, Single second) implements DraftCondition {
        @Override
        public String sql(String alias) {
            return first.sql(alias) + (both ? " AND " : " OR ") + second.sql(alias);
        }
    }
}
