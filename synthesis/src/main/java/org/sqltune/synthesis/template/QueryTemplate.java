package org.sqltune.synthesis.template;

import java.util.Optional;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;

/**
 * A template of queries that suits many tables.
 *
 * @param id unique among the templates, such as {@code filter.greater}
 * @param category the category of its queries
 * @param rule draws a query
 */
public record QueryTemplate(String id, QueryCategory category, Rule rule) {
    /** Draws queries over the scope's table with the scope's random choices. */
    @FunctionalInterface
    public interface Rule {
        /** Draws a query; empty if this table or this draw has none. */
        Optional<Draft> draw(DraftScope scope);
    }
}
