package org.sqltune.core.sql.syntax;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text that is one query: its tokens, its tree, and which token each name and literal of the tree is. */
public final class ParsedSql {
    private final String text;
    private final List<SqlToken> tokens;
    private final Query query;
    /** By identity. */
    private final Map<Object, SqlToken> places;

    ParsedSql(String text, List<SqlToken> tokens, Query query, Map<Object, SqlToken> places) {
        this.text = text;
        this.tokens = List.copyOf(tokens);
        this.query = query;
        this.places = places;
    }

    /** The query, or nothing if the text isn't one in SQLite's grammar. */
    public static Optional<ParsedSql> of(String sql) {
        try {
            return Optional.of(QueryParser.read(sql));
        } catch (SqlSyntaxException notSqlite) {
            return Optional.empty();
        }
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** All tokens, in order. */
    public List<SqlToken> tokens() {
        return tokens;
    }

    /** The tree. */
    public Query query() {
        return query;
    }

    /**
     * Where a column's own name, a literal, a parameter, a table's own name or the table of {@code table.*} stands.
     *
     * @param node a node of this tree, not one equal to it
     * @return empty for other nodes
     */
    public Optional<SqlToken> token(Object node) {
        return Optional.ofNullable(places.get(node));
    }
}
