package org.sqltune.evaluation.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Which tables a query names in its FROM clauses, under which alias, and which of them the qualifier of a column means.
 * Tables are numbered as they come in the text.
 */
interface TableNames {
    /** Whether the token of this number gives a table its alias. */
    boolean isAlias(int index);

    /** If the token of this number qualifies a column by a table of the query: the table's number, as {@code t1}. */
    Optional<String> qualifier(int index);

    /**
     * The tables of a query by its tree, or by its tokens if it isn't a query in SQLite's grammar.
     *
     * @param tokens of {@code sql}, closing semicolons left out
     */
    static TableNames of(String sql, List<SqlToken> tokens) {
        return ParsedSql.of(sql, tokens)
                .<TableNames>map(TreeTableNames::new)
                .orElseGet(() -> TokenTableNames.of(tokens));
    }

    /** A name as names are compared: without quotes, in lower case. */
    static String folded(SqlToken token) {
        return token.content().toLowerCase(Locale.ROOT);
    }
}
