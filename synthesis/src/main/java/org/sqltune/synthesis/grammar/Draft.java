package org.sqltune.synthesis.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.synthesis.profile.ProfiledValue;

/**
 * A query and its meaning, not yet phrased as a question.
 *
 * @param phrases the phrase book's section for it
 * @param sql the query without semicolon
 * @param tieProbe see {@link Select#tieProbe}
 * @param terms the terms that phrases may mention, by name
 */
public record Draft(String phrases, String sql, @Nullable String tieProbe, Map<String, Term> terms) {
    /** Returns a draft without terms. */
    public static Draft of(String phrases, Select select) {
        return new Draft(phrases, select.sql(), select.tieProbe(), Map.of());
    }

    /** Returns a draft without terms, of a query that isn't a plain SELECT. */
    public static Draft of(String phrases, String sql) {
        return new Draft(phrases, sql, null, Map.of());
    }

    /** Returns this draft with another term. */
    public Draft with(String name, Term term) {
        Map<String, Term> more = new LinkedHashMap<>(terms);
        more.put(name, term);
        return new Draft(phrases, sql, tieProbe, more);
    }

    /** Returns this draft with a value that phrases quote literally. */
    public Draft with(String name, ProfiledValue value) {
        return with(name, new Term.Words(value.text()));
    }

    /** Returns this draft with a number that phrases quote literally. */
    public Draft with(String name, int number) {
        return with(name, new Term.Words(Integer.toString(number)));
    }
}
