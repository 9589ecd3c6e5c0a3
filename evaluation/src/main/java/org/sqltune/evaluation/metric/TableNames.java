package org.sqltune.evaluation.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Maps the table aliases and column qualifiers of a query to the tables of its FROM clauses, which are numbered in
 * text order.
 */
interface TableNames {
    /** Returns whether the token at this index declares a table's alias. */
    boolean isAlias(int index);

    /** Returns the number of the table, as {@code t1}, if the token at this index qualifies a column; else empty. */
    Optional<String> qualifier(int index);

    /**
     * Finds the tables of a query by its syntax tree, or by its tokens if it isn't in SQLite's grammar.
     *
     * @param tokens the tokens of {@code sql} without closing semicolons
     */
    static TableNames of(String sql, List<SqlToken> tokens) {
        return ParsedSql.of(sql, tokens)
                .<TableNames>map(TreeTableNames::new)
                .orElseGet(() -> TokenTableNames.of(tokens));
    }

    /** Returns a name without quotes and in lower case, for comparison. */
    static String folded(SqlToken token) {
        return token.content().toLowerCase(Locale.ROOT);
    }
}
