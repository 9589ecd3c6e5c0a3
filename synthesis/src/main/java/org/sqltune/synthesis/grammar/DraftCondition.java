package org.sqltune.synthesis.grammar;

import java.util.Map;
import org.sqltune.synthesis.profile.ColumnProfile;

/** A condition on a table's rows. */
public sealed interface DraftCondition {
    /**
     * Returns the condition as SQL.
     *
     * @param alias the table's alias with a dot, such as {@code T1.}; may be empty
     */
    String sql(String alias);

    /**
     * A condition on one column: {@code before column after}.
     *
     * @param kind the phrase book's section for it
     * @param column the column
     * @param before SQL before the column, such as the start of a function call; usually empty
     * @param after SQL after the column
     * @param terms the terms that phrases may mention, by name
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
     * @param first the condition named first
     * @param both true for AND, false for OR
     * @param second the condition named second
     */
    record Compound(Single first, boolean both, Single second) implements DraftCondition {
        @Override
        public String sql(String alias) {
            return first.sql(alias) + (both ? " AND " : " OR ") + second.sql(alias);
        }
    }
}
