package org.sqltune.evaluation.spider.execution;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Accepts and rejects the same SQL as Python's {@code sqlite3} module where Java's driver differs: parameters without
 * values and text after the first semicolon are errors, an empty statement returns no rows, and functions and numbers
 * ({@code 1_000}) newer than SQLite 3.40, the version behind the reference results, are unknown. Unlike Python, it
 * rejects statements that aren't queries.
 */
final class PythonLikeExecutor implements SqlExecutor {
    private static final QueryResult NOTHING = new QueryResult(List.of(), List.of(), false);

    /** SQLite treats it as white space. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** Functions of later SQLite versions, and those that Java's driver adds. */
    private static final Set<String> UNKNOWN_FUNCTIONS = Set.of(
            "atn2",
            "charindex",
            "concat",
            "concat_ws",
            "cot",
            "coth",
            "difference",
            "if",
            "json_array_insert",
            "json_error_position",
            "json_pretty",
            "jsonb",
            "jsonb_array",
            "jsonb_array_insert",
            "jsonb_extract",
            "jsonb_group_array",
            "jsonb_group_object",
            "jsonb_insert",
            "jsonb_object",
            "jsonb_patch",
            "jsonb_remove",
            "jsonb_replace",
            "jsonb_set",
            "leftstr",
            "lower_quartile",
            "median",
            "mode",
            "octet_length",
            "padc",
            "padl",
            "padr",
            "percentile",
            "percentile_cont",
            "percentile_disc",
            "proper",
            "replicate",
            "reverse",
            "rightstr",
            "square",
            "stdev",
            "strfilter",
            "string_agg",
            "timediff",
            "unhex",
            "unistr",
            "unistr_quote",
            "upper_quartile",
            "variance");

    private final SqlExecutor executor;

    PythonLikeExecutor(SqlExecutor executor) {
        this.executor = executor;
    }

    @Override
    public QueryResult execute(String sql) {
        String text = sql.startsWith(BYTE_ORDER_MARK) ? sql.substring(1) : sql;
        List<SqlToken> tokens = SqlScanner.scan(text);
        int first = 0;
        while (first < tokens.size() && tokens.get(first).isSymbol(";")) {
            first++;
        }
        if (first == tokens.size()) {
            return NOTHING;
        }
        for (int i = first; i < tokens.size(); i++) {
            check(tokens, i);
        }
        return executor.execute(ScalarInLists.keep(text, tokens));
    }

    private static void check(List<SqlToken> tokens, int index) {
        SqlToken token = tokens.get(index);
        if (token.kind() == SqlToken.Kind.PARAMETER) {
            throw new SqlExecutionException(Kind.INVALID, "no value for the parameter " + token.text());
        }
        if (token.kind() == SqlToken.Kind.NUMBER && token.text().contains("_")) {
            throw new SqlExecutionException(Kind.SYNTAX, "unrecognized token: \"" + token.text() + "\"");
        }
        if (token.isSymbol(";") && index < tokens.size() - 1) {
            throw new SqlExecutionException(Kind.SEVERAL_STATEMENTS, "text follows the first statement");
        }
        if (token.isSymbol("(") && index > 0) {
            String name = tokens.get(index - 1).content().toLowerCase(Locale.ROOT);
            if (UNKNOWN_FUNCTIONS.contains(name)) {
                throw new SqlExecutionException(Kind.INVALID, "no such function: " + name);
            }
        }
    }
}
