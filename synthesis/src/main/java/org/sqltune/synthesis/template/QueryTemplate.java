package org.sqltune.synthesis.template;

import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;

/**
 * A form of query that fits many tables.
 *
 * @param id unique among the templates, such as {@code filter.greater}
 * @param category the kind of query it makes
 * @param rule draws one such query
 */
public record QueryTemplate(String id, QueryCategory category, Rule rule) {
    /** Draws a query over the scope's table by the scope's dice; nothing if this table (or this throw) has none. */
    @FunctionalInterface
    public interface Rule {
        /** One draw. */
        Optional<Draft> draw(DraftScope scope);
    }
}
