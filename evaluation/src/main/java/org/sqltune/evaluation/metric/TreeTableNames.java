package org.sqltune.evaluation.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameMeaning;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.scope.QuerySource;
import org.sqltune.core.sql.scope.ResolvedQuery;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.Trees;

/** The tables of a query that has a tree; which one a qualifier means is looked up as SQLite does. */
final class TreeTableNames implements TableNames {
    private final ParsedSql parsed;
    private final ResolvedQuery resolved;
    private final Map<FromItem, Integer> numbers = new IdentityHashMap<>();
    private final Set<Integer> aliases = new HashSet<>();
    private final Map<Integer, String> qualifiers = new HashMap<>();

    TreeTableNames(ParsedSql parsed) {
        this.parsed = parsed;
        this.resolved = NameResolver.resolve(parsed.query(), Catalog.unknown());
        List<Query> queries = Queries.all(parsed.query());
        List<Select> selects = new ArrayList<>();
        queries.forEach(query -> Queries.members(query.body()).forEach(member -> {
            if (member instanceof Select select) {
                selects.add(select);
            }
        }));
        number(selects);
        Map<Integer, Integer> indexes = new HashMap<>();
        for (int i = 0; i < parsed.tokens().size(); i++) {
            indexes.put(parsed.tokens().get(i).start(), i);
        }
        numbers.keySet()
                .forEach(item -> parsed.aliasToken(item).ifPresent(token -> aliases.add(indexes.get(token.start()))));
        selects.forEach(select -> stars(select, indexes));
        queries.forEach(query -> Queries.expressions(query)
                .forEach(expression -> Trees.find(expression, ColumnName.class::isInstance)
                        .forEach(name -> column((ColumnName) name, indexes))));
    }

    @Override
    public boolean isAlias(int index) {
        return aliases.contains(index);
    }

    @Override
    public Optional<String> qualifier(int index) {
        return Optional.ofNullable(qualifiers.get(index));
    }

    private void number(List<Select> selects) {
        selects.stream()
                .flatMap(select -> resolved.sources(select).stream())
                .map(QuerySource::item)
                .sorted((one, other) -> Integer.compare(start(one), start(other)))
                .forEach(item -> numbers.put(item, numbers.size() + 1));
    }

    private int start(FromItem item) {
        return parsed.token(item).map(SqlToken::start).orElse(0);
    }

    private void stars(Select select, Map<Integer, Integer> indexes) {
        select.results().forEach(result -> {
            if (result instanceof Star star && star.table() != null) {
                String table = star.table();
                resolved.sources(select).stream()
                        .filter(source -> source.calledBy().equalsIgnoreCase(table))
                        .findFirst()
                        .ifPresent(source -> name(parsed.token(star), 0, source, indexes));
            }
        });
    }

    private void column(ColumnName column, Map<Integer, Integer> indexes) {
        QuerySource source = source(resolved.meaning(column).orElse(null));
        if (column.table() != null && source != null) {
            // The qualifier and the dot stand in front of the column's own name.
            name(parsed.token(column), 2, source, indexes);
        }
    }

    private static @Nullable QuerySource source(@Nullable NameMeaning meaning) {
        if (meaning instanceof NameMeaning.OfSource column) {
            return column.source();
        }
        return meaning instanceof NameMeaning.RowId row ? row.source() : null;
    }

    private void name(Optional<SqlToken> token, int back, QuerySource source, Map<Integer, Integer> indexes) {
        token.ifPresent(each -> qualifiers.put(
                Objects.requireNonNull(indexes.get(each.start()), "every token has an index") - back,
                "t" + numbers.get(source.item())));
    }
}
