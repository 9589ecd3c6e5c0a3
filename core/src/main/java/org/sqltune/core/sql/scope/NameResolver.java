package org.sqltune.core.sql.scope;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.scope.NameFault.Kind;
import org.sqltune.core.sql.scope.NameMeaning.Ambiguous;
import org.sqltune.core.sql.scope.NameMeaning.Missing;
import org.sqltune.core.sql.scope.NameMeaning.OfResult;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.Values;
import org.sqltune.core.sql.syntax.Trees;

/** Finds out what the names in a query stand for, as SQLite does (resolve.c). One object reads one query. */
public final class NameResolver {
    private final Map<ColumnName, NameMeaning> meanings = new IdentityHashMap<>();
    private final Map<Select, List<QuerySource>> sourcesOf = new IdentityHashMap<>();
    private final SourceReader reader;
    private List<NameFault> faults = new ArrayList<>();

    private NameResolver(Catalog catalog) {
        this.reader = new SourceReader(catalog, this);
    }

    /** Resolves all names of a query. Never fails: what SQLite would refuse is among the result's faults. */
    public static ResolvedQuery resolve(Query query, Catalog catalog) {
        NameResolver resolver = new NameResolver(catalog);
        resolver.query(query, null, new NamedQueries(null, List.of(), null), null);
        return new ResolvedQuery(query, resolver.meanings, resolver.sourcesOf, resolver.faults);
    }

    /**
     * A query inside another.
     *
     * @param definition the name of WITH that the query is; null if it is none
     * @return its columns' names; null if they aren't known
     */
    @Nullable
    List<String> query(
            Query query,
            @Nullable QueryScope outer,
            NamedQueries around,
            NamedQueries.@Nullable Definition definition) {
        NamedQueries named = query.tables().isEmpty() ? around : new NamedQueries(around, query.tables(), outer);
        List<QueryScope> scopes = new ArrayList<>();
        List<String> columns = null;
        for (Body member : Queries.members(query.body())) {
            QueryScope scope = member(member, outer, named);
            if (scopes.isEmpty()) {
                columns = columns(member, scope);
                if (definition != null) {
                    definition.setColumns(columns);
                }
            }
            scopes.add(scope);
        }
        orderBy(query, scopes, named);
        // SQLite sees no columns in LIMIT, not even those of the queries around.
        Stream.of(query.limit(), query.offset()).forEach(each -> {
            if (each != null) {
                expression(each, QueryScope.empty(null), named);
            }
        });
        if (named != around) {
            unused(named);
        }
        return columns;
    }

    /** What nobody reads is resolved, too, but SQLite never looks at it and so finds no fault with it. */
    private void unused(NamedQueries named) {
        List<NameFault> found = faults;
        for (NamedQueries.Definition definition : named.own()) {
            if (!definition.begin()) {
                faults = new ArrayList<>();
                query(definition.query().query(), definition.outer(), definition.around(), definition);
            }
        }
        faults = found;
    }

    private QueryScope member(Body member, @Nullable QueryScope outer, NamedQueries named) {
        if (!(member instanceof Select select)) {
            QueryScope scope = QueryScope.empty(outer);
            ((Values) member).rows().forEach(row -> row.forEach(value -> expression(value, scope, named)));
            return scope;
        }
        List<QuerySource> sources = reader.read(select.from(), outer, named);
        sourcesOf.put(select, sources);
        QueryScope scope = new QueryScope(outer, sources, List.of());
        for (Result result : select.results()) {
            if (result instanceof Query.Column column) {
                expression(column.value(), scope, named);
            } else if (result instanceof Star star && star.table() != null) {
                check(star, sources);
            }
        }
        QueryScope clauses = scope.seeing(select.results());
        Queries.conditions(select.from()).forEach(condition -> expression(condition, clauses, named));
        Stream.of(select.where(), select.having()).forEach(condition -> {
            if (condition != null) {
                expression(condition, clauses, named);
            }
        });
        select.groupBy().forEach(key -> expression(key, clauses, named));
        select.windows().forEach(window -> Trees.of(window.window()).forEach(each -> expression(each, clauses, named)));
        return clauses;
    }

    private void check(Star star, List<QuerySource> sources) {
        String table = String.valueOf(star.table());
        if (sources.stream().noneMatch(source -> source.isCalled(null, table))) {
            fault(Kind.NO_SUCH_TABLE, table);
        }
    }

    private void orderBy(Query query, List<QueryScope> scopes, NamedQueries named) {
        for (OrderTerm term : query.orderBy()) {
            Expression value = term.value();
            if (value instanceof ColumnName name && name.table() == null && aliased(name, scopes)) {
                continue;
            }
            expression(value, scopeOf(value, scopes), named);
        }
    }

    /** ORDER BY looks for an alias before it looks for a column. */
    private boolean aliased(ColumnName name, List<QueryScope> scopes) {
        for (QueryScope scope : scopes) {
            for (Result result : scope.results()) {
                Query.Column column = QueryScope.alias(result, name.name());
                if (column != null) {
                    meanings.put(name, new OfResult(column));
                    return true;
                }
            }
        }
        return false;
    }

    /** The member of a set operation whose select list has the expression; the first if none has. */
    private static QueryScope scopeOf(Expression value, List<QueryScope> scopes) {
        return scopes.stream()
                .filter(scope -> scope.results().stream()
                        .anyMatch(result -> result instanceof Query.Column column
                                && (column.value().equals(value) || isSameColumn(column.value(), value))))
                .findFirst()
                .orElse(scopes.get(0));
    }

    private static boolean isSameColumn(Expression one, Expression other) {
        return one instanceof ColumnName left
                && other instanceof ColumnName right
                && left.name().equalsIgnoreCase(right.name());
    }

    /** All names of an expression, and the queries inside it. */
    void expression(Expression expression, QueryScope scope, NamedQueries named) {
        Trees.visit(expression, each -> {
            if (each instanceof ColumnName name) {
                column(name, scope);
            } else if (each instanceof Subquery subquery) {
                query(subquery.query(), scope, named, null);
            } else if (each instanceof Exists exists) {
                query(exists.query(), scope, named, null);
            } else if (each instanceof InQuery in) {
                query(in.query(), scope, named, null);
            }
        });
    }

    private void column(ColumnName name, QueryScope scope) {
        NameMeaning meaning = scope.meaning(name);
        meanings.put(name, meaning);
        String written = (name.schema() == null ? "" : name.schema() + ".")
                + (name.table() == null ? "" : name.table() + ".")
                + name.name();
        if (meaning instanceof Missing) {
            fault(Kind.NO_SUCH_COLUMN, written);
        } else if (meaning instanceof Ambiguous) {
            fault(Kind.AMBIGUOUS, written);
        }
    }

    private static @Nullable List<String> columns(Body member, QueryScope scope) {
        return ResultNames.of(member, scope.sources());
    }

    void fault(Kind kind, String name) {
        faults.add(new NameFault(kind, name));
    }
}
