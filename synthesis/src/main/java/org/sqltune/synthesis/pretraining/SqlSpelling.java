package org.sqltune.synthesis.pretraining;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameMeaning;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.scope.ResolvedQuery;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;
import org.sqltune.core.sql.syntax.Trees;

/**
 * Normalises the spelling of queries by many authors, so that a small model needn't learn each style: keywords and
 * aggregates in upper case, names as in the schema, texts in single quotes, JOIN without INNER, one space between
 * tokens. Nothing else changes.
 */
final class SqlSpelling {
    private static final Set<String> UPPER_CASE = Set.of(
            ("select distinct from where group by having order limit offset join inner left right full outer cross natural"
                            + " on using as and or not in like glob between is null exists union all intersect except desc"
                            + " asc case when then else end with recursive over partition collate escape values")
                    .split(" "));
    private static final Set<String> CALLS = Set.of(
            ("count sum avg min max total abs round length lower upper substr substring replace trim instr coalesce ifnull"
                            + " nullif iif date time datetime julianday strftime cast group_concat row_number rank"
                            + " dense_rank")
                    .split(" "));

    private final ParsedSql sql;
    private final Map<SqlToken, String> replaced = new HashMap<>();
    private final Set<SqlToken> names = new HashSet<>();

    private SqlSpelling(ParsedSql sql) {
        this.sql = sql;
    }

    /** Returns the query in normal spelling; empty if it can't be parsed or names something that the schema lacks. */
    static Optional<String> of(String sql, Schema schema) {
        return ParsedSql.of(sql).flatMap(parsed -> {
            ResolvedQuery resolved = NameResolver.resolve(parsed.query(), Catalog.of(schema));
            return resolved.faults().isEmpty()
                    ? Optional.of(new SqlSpelling(parsed).written(resolved, schema))
                    : Optional.empty();
        });
    }

    private String written(ResolvedQuery resolved, Schema schema) {
        Queries.tables(sql.query()).forEach(table -> nameTable(table, schema));
        Queries.all(sql.query()).stream()
                .flatMap(query -> Queries.expressions(query).stream())
                .flatMap(expression -> Trees.find(expression, each -> true))
                .forEach(expression -> nameColumn(expression, resolved, schema));
        StringBuilder text = new StringBuilder();
        List<SqlToken> tokens = sql.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            SqlToken next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
            boolean inner = token.isWord("inner") && next != null && next.isWord("join");
            if (token.isSymbol(";") || inner) {
                continue;
            }
            if (i > 0 && spaced(tokens.get(i - 1), token)) {
                text.append(' ');
            }
            text.append(replaced.getOrDefault(token, spelled(token, next != null && next.isSymbol("("))));
        }
        return text.toString();
    }

    private void nameTable(TableName table, Schema schema) {
        sql.token(table).ifPresent(token -> {
            names.add(token);
            schema.table(table.name())
                    .ifPresent(known -> replaced.put(token, SqlIdentifiers.quotedIfNeeded(known.name())));
        });
    }

    private void nameColumn(Expression expression, ResolvedQuery resolved, Schema schema) {
        if (!(expression instanceof ColumnName name)) {
            return;
        }
        NameMeaning meaning = resolved.meaning(name).orElse(null);
        sql.token(name).ifPresent(token -> {
            names.add(token);
            if (meaning instanceof NameMeaning.Text) {
                replaced.put(token, '\'' + name.name().replace("'", "''") + '\'');
            } else if (meaning instanceof NameMeaning.OfSource of && of.source().table() != null) {
                spelling(schema, of.source().table(), name.name())
                        .ifPresent(known -> replaced.put(token, SqlIdentifiers.quotedIfNeeded(known)));
            }
        });
    }

    private static Optional<String> spelling(Schema schema, String table, String column) {
        return schema.table(table).map(Table::columns).stream()
                .flatMap(List::stream)
                .map(Column::name)
                .filter(column::equalsIgnoreCase)
                .findFirst();
    }

    private String spelled(SqlToken token, boolean call) {
        if (token.kind() != Kind.WORD || names.contains(token)) {
            return token.text();
        }
        String word = token.lowerCase();
        boolean keyword = UPPER_CASE.contains(word) || (call && CALLS.contains(word));
        return keyword ? word.toUpperCase(Locale.ROOT) : token.text();
    }

    private static boolean spaced(SqlToken before, SqlToken token) {
        if (token.isSymbol(",")
                || token.isSymbol(")")
                || token.isSymbol(".")
                || before.isSymbol(".")
                || before.isSymbol("(")) {
            return false;
        }
        boolean callee = before.kind() == Kind.WORD && !UPPER_CASE.contains(before.lowerCase());
        return !(token.isSymbol("(") && callee);
    }
}
