package org.sqltune.core.sql.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.sqltune.core.sql.scope.NameMeaning;
import org.sqltune.core.sql.scope.NameMeaning.OfSource;
import org.sqltune.core.sql.scope.NameMeaning.Text;
import org.sqltune.core.sql.scope.QuerySource;
import org.sqltune.core.sql.scope.ResolvedQuery;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.Trees;

/**
 * What tables and columns are called. Aliases such as T1 tell a reader nothing, so a table goes by its own name, unless it
 * stands in FROM twice, or an inner query speaks of an outer one's rows of the same table.
 */
final class SourceNames {
    private final ResolvedQuery resolved;
    /** What goes by its alias, by identity of the place in FROM. */
    private final Set<FromItem> aliased = Collections.newSetFromMap(new IdentityHashMap<>());

    SourceNames(ResolvedQuery resolved) {
        this.resolved = resolved;
        collect(resolved.query(), List.of());
    }

    private void collect(Query query, List<QuerySource> outer) {
        query.tables().forEach(named -> collect(named.query(), outer));
        List<Expression> shared = new ArrayList<>();
        query.orderBy().forEach(term -> shared.add(term.value()));
        for (Body member : Queries.members(query.body())) {
            List<QuerySource> own = sources(member);
            keepAliasesOfTwins(own);
            List<QuerySource> visible = new ArrayList<>(outer);
            visible.addAll(own);
            List<Expression> expressions = new ArrayList<>(Queries.expressions(member));
            expressions.addAll(shared);
            for (Expression expression : expressions) {
                keepAliasesOfOuterRows(expression, own, visible);
                Queries.inside(expression).forEach(inner -> collect(inner, visible));
            }
            own.forEach(source -> {
                if (source.item() instanceof Query.SubqueryTable subquery) {
                    collect(subquery.query(), outer);
                }
            });
        }
    }

    private List<QuerySource> sources(Body member) {
        return member instanceof Select select ? resolved.sources(select) : List.of();
    }

    private void keepAliasesOfTwins(List<QuerySource> own) {
        for (QuerySource each : own) {
            if (own.stream().filter(other -> isSameTable(each, other)).count() > 1) {
                aliased.add(each.item());
            }
        }
    }

    private void keepAliasesOfOuterRows(Expression expression, List<QuerySource> own, List<QuerySource> visible) {
        Trees.visit(expression, each -> {
            if (each instanceof ColumnName name
                    && meaning(name) instanceof OfSource meant
                    && own.stream()
                            .noneMatch(source -> source.item() == meant.source().item())) {
                visible.stream()
                        .filter(source -> source.item() != meant.source().item() && isSameTable(source, meant.source()))
                        .forEach(source -> {
                            aliased.add(source.item());
                            aliased.add(meant.source().item());
                        });
            }
        });
    }

    private static boolean isSameTable(QuerySource one, QuerySource other) {
        return one.item() instanceof TableName table
                && other.item() instanceof TableName otherTable
                && table.name().equalsIgnoreCase(otherTable.name());
    }

    private NameMeaning meaning(ColumnName name) {
        return resolved.meaning(name).orElseGet(NameMeaning.Missing::new);
    }

    /** What qualifies a source's columns. */
    String of(FromItem item) {
        if (item instanceof TableName table) {
            return aliased.contains(item) ? table.calledBy() : table.name();
        }
        if (item instanceof Query.SubqueryTable subquery) {
            return subquery.alias() == null ? "" : subquery.alias();
        }
        return item instanceof Query.JoinedTables joined ? joined.alias() : "";
    }

    /** A table where it is read: with its alias if it goes by that. */
    String introduced(TableName table) {
        boolean byAlias = aliased.contains(table) && table.alias() != null;
        return byAlias ? table.name() + " (as " + table.alias() + ")" : table.name();
    }

    /** What the result's columns are qualified by: {@code T1.*} stands for all of this. */
    String ofQualifier(String qualifier, Select select) {
        return resolved.sources(select).stream()
                .filter(source -> source.calledBy().equalsIgnoreCase(qualifier))
                .map(source -> of(source.item()))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(qualifier);
    }

    /**
     * A column, qualified where several tables could have it.
     *
     * @param place where it is spoken of
     */
    String of(ColumnName name, Place place) {
        NameMeaning meaning = meaning(name);
        if (meaning instanceof Text) {
            return quoted(name.name());
        }
        if (meaning instanceof OfSource meant) {
            boolean alone = place.sources().size() == 1
                    && !aliased.contains(meant.source().item())
                    && place.sources().get(0).item() == meant.source().item();
            // Where the columns of a join's tables aren't known, a name without a qualifier stays as it is.
            String qualifier = alone ? "" : of(meant.source().item());
            return qualifier.isEmpty() ? name.name() : qualifier + "." + name.name();
        }
        return name.table() == null ? name.name() : name.table() + "." + name.name();
    }

    /**
     * As {@link #of(ColumnName, Place)}, where a value is expected: SQLite takes what stands in double quotes for a text
     * if no column is called so, and people write texts like that.
     */
    String ofValue(ColumnName name, Place place) {
        boolean known =
                meaning(name) instanceof OfSource meant && meant.source().has(name.name());
        return name.doubleQuoted() && name.table() == null && !known ? quoted(name.name()) : of(name, place);
    }

    /** The sources of a query's member. */
    Place placeIn(Body member) {
        return new Place(sources(member));
    }

    static String quoted(String text) {
        return "'" + text + "'";
    }
}
