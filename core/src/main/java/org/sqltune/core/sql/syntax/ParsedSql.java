package org.sqltune.core.sql.syntax;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.core.sql.syntax.Query.FromItem;

/** A text that is one query: its tokens, its tree, and which token each name and literal of the tree is. */
public final class ParsedSql {
    private final String text;
    private final List<SqlToken> tokens;
    private final Query query;
    /** By identity. */
    private final Map<Object, SqlToken> places;
    /** By identity. */
    private final Map<FromItem, SqlToken> aliases;

    ParsedSql(
            String text,
            List<SqlToken> tokens,
            Query query,
            Map<Object, SqlToken> places,
            Map<FromItem, SqlToken> aliases) {
        this.text = text;
        this.tokens = List.copyOf(tokens);
        this.query = query;
        this.places = places;
        this.aliases = aliases;
    }

    /** The query, or nothing if the text isn't one in SQLite's grammar. */
    public static Optional<ParsedSql> of(String sql) {
        return of(sql, SqlScanner.scan(sql));
    }

    /**
     * As {@link #of(String)}, for whoever has its tokens already.
     *
     * @param tokens what {@link SqlScanner#scan} makes of {@code sql}
     */
    public static Optional<ParsedSql> of(String sql, List<SqlToken> tokens) {
        try {
            return Optional.of(QueryParser.read(sql, tokens));
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
     * Where a column's own name, a literal, a parameter, a table's own name, the table of {@code table.*}, or the
     * parenthesis that closes a query behind FROM stands.
     *
     * @param node a node of this tree, not one equal to it
     * @return empty for other nodes
     */
    public Optional<SqlToken> token(Object node) {
        return Optional.ofNullable(places.get(node));
    }

    /**
     * Where the alias of something behind FROM stands.
     *
     * @param item a node of this tree, not one equal to it
     * @return empty if it has none
     */
    public Optional<SqlToken> aliasToken(FromItem item) {
        return Optional.ofNullable(aliases.get(item));
    }
}
