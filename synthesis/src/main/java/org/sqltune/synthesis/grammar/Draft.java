package org.sqltune.synthesis.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.synthesis.profile.ProfiledValue;

/**
 * A query and its meaning, not yet put into words.
 *
 * @param phrases the section of the phrase book that speaks it
 * @param sql the query, without a semicolon
 * @param tieProbe as {@link Select#tieProbe}
 * @param terms what the phrases may mention
 */
public record Draft(String phrases, String sql, @Nullable String tieProbe, Map<String, Term> terms) {
    /** Returns a draft without terms. */
    public static Draft of(String phrases, Select select) {
        return new Draft(phrases, select.sql(), select.tieProbe(), Map.of());
    }

    /** Returns a draft of a query that isn't one plain SELECT, without terms. */
    public static Draft of(String phrases, String sql) {
        return new Draft(phrases, sql, null, Map.of());
    }

    /** Returns the same with a term more. */
    public Draft with(String name, Term term) {
        Map<String, Term> more = new LinkedHashMap<>(terms);
        more.put(name, term);
        return new Draft(phrases, sql, tieProbe, more);
    }

    /** Returns the same with a value to be spoken as it is. */
    public Draft with(String name, ProfiledValue value) {
        return with(name, new Term.Words(value.text()));
    }

    /** Returns the same with a number to be spoken as it is. */
    public Draft with(String name, int number) {
        return with(name, new Term.Words(Integer.toString(number)));
    }
}
