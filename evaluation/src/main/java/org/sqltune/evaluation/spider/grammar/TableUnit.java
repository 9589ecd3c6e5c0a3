package org.sqltune.evaluation.spider.grammar;

/** A table or subquery in FROM. */
public sealed interface TableUnit {

    /**
     * A table.
     *
     * @param id {@code __table__}
     */
    record Named(String id) implements TableUnit {}

    /**
     * A query in parentheses.
     *
     * @param query the query
     */
    record Derived(ParsedQuery query) implements TableUnit {}
}
