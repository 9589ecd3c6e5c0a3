package org.sqltune.evaluation.metric;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameMeaning;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.scope.QuerySource;
import org.sqltune.core.sql.scope.ResolvedQuery;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.Trees;

/** Finds the tables of a parsed query; resolves qualifiers by SQLite's rules. */
final class TreeTableNames implements TableNames {
    private final ParsedSql parsed;
    private final List<Query> queries;
    private final List<Select> selects = new ArrayList<>();
    private final boolean[] alias;
    private final @Nullable String[] qualifiers;

    TreeTableNames(ParsedSql parsed) {
        this.parsed = parsed;
        this.queries = Queries.all(parsed.query());
        this.alias = new boolean[parsed.tokens().size()];
        this.qualifiers = new String[parsed.tokens().size()];
        for (Query query : queries) {
            for (Body member : Queries.members(query.body())) {
                if (member instanceof Select select) {
                    selects.add(select);
                }
            }
        }
        List<FromItem> tables = new ArrayList<>();
        selects.forEach(select -> tables.addAll(Queries.sources(select.from())));
        tables.forEach(table -> parsed.aliasToken(table).ifPresent(token -> alias[index(token)] = true));
        // Without a dot no column is qualified, so names needn't be resolved.
        if (parsed.tokens().stream().anyMatch(token -> token.isSymbol("."))) {
            qualify(numbered(tables));
        }
    }

    @Override
    public boolean isAlias(int index) {
        return alias[index];
    }

    @Override
    public Optional<String> qualifier(int index) {
        return Optional.ofNullable(qualifiers[index]);
    }

    /** Numbers the tables; keys are compared by identity. */
    private Map<FromItem, String> numbered(List<FromItem> tables) {
        tables.sort((one, other) -> Integer.compare(start(one), start(other)));
        Map<FromItem, String> names = new IdentityHashMap<>();
        for (FromItem table : tables) {
            names.put(table, "t" + (names.size() + 1));
        }
        return names;
    }

    private int start(FromItem item) {
        return parsed.token(item).map(SqlToken::start).orElse(0);
    }

    private void qualify(Map<FromItem, String> names) {
        ResolvedQuery resolved = NameResolver.resolve(parsed.query(), Catalog.unknown());
        for (Select select : selects) {
            for (Result result : select.results()) {
                if (result instanceof Star star && star.table() != null) {
                    name(star, 0, called(star.table(), resolved.sources(select)), names);
                }
            }
        }
        for (Query query : queries) {
            for (Expression expression : Queries.expressions(query)) {
                Trees.visit(expression, each -> {
                    if (each instanceof ColumnName column && column.table() != null) {
                        // The qualifier and the dot precede the column's name.
                        name(column, 2, source(resolved.meaning(column).orElse(null)), names);
                    }
                });
            }
        }
    }

    private static @Nullable QuerySource called(String table, List<QuerySource> sources) {
        for (QuerySource source : sources) {
            if (source.calledBy().equalsIgnoreCase(table)) {
                return source;
            }
        }
        return null;
    }

    private static @Nullable QuerySource source(@Nullable NameMeaning meaning) {
        if (meaning instanceof NameMeaning.OfSource column) {
            return column.source();
        }
        return meaning instanceof NameMeaning.RowId row ? row.source() : null;
    }

    private void name(Object node, int back, @Nullable QuerySource source, Map<FromItem, String> names) {
        if (source != null) {
            parsed.token(node).ifPresent(token -> qualifiers[index(token) - back] = names.get(source.item()));
        }
    }

    /** Returns a token's index, found by its position in the text. */
    private int index(SqlToken token) {
        List<SqlToken> tokens = parsed.tokens();
        int low = 0;
        int high = tokens.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (tokens.get(middle).start() < token.start()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
