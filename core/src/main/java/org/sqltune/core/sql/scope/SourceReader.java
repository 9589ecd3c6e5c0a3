package org.sqltune.core.sql.scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.scope.Catalog.Entry;
import org.sqltune.core.sql.scope.NameFault.Kind;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;

/** Turns what stands behind FROM into sources. */
final class SourceReader {
    private final Catalog catalog;
    private final NameResolver resolver;

    SourceReader(Catalog catalog, NameResolver resolver) {
        this.catalog = catalog;
        this.resolver = resolver;
    }

    /** The sources, from left to right. A query among them sees what surrounds the SELECT, not its neighbours. */
    List<QuerySource> read(@Nullable FromItem item, @Nullable QueryScope outer, NamedQueries named) {
        if (item instanceof Join join) {
            return join(join, read(join.left(), outer, named), read(join.right(), outer, named));
        }
        if (item instanceof JoinedTables joined) {
            // Their own names stay visible beside that of the parentheses.
            return read(joined.inside(), outer, named).stream()
                    .map(source -> source.inGroup(joined.alias()))
                    .toList();
        }
        if (item instanceof SubqueryTable subquery) {
            List<String> columns = resolver.query(subquery.query(), outer, named, null);
            String alias = subquery.alias() == null ? "" : subquery.alias();
            return List.of(new QuerySource(subquery, alias, null, null, columns, null, Set.of()));
        }
        return item instanceof TableName table ? List.of(table(table, named)) : List.of();
    }

    private QuerySource table(TableName table, NamedQueries named) {
        Optional<NamedQueries.Definition> definition =
                table.schema() == null && table.arguments() == null ? named.find(table.name()) : Optional.empty();
        if (definition.isPresent()) {
            List<String> columns = columns(definition.get(), table);
            return new QuerySource(table, table.calledBy(), null, null, columns, null, Set.of());
        }
        if (table.arguments() != null) {
            return new QuerySource(table, table.calledBy(), table.schema(), null, null, null, Set.of());
        }
        Entry entry = catalog.table(table.name());
        if (entry instanceof Entry.Missing) {
            resolver.fault(Kind.NO_SUCH_TABLE, table.name());
        }
        List<String> columns = entry instanceof Entry.Known known ? known.columns() : null;
        return new QuerySource(table, table.calledBy(), table.schema(), table.name(), columns, null, Set.of());
    }

    private @Nullable List<String> columns(NamedQueries.Definition definition, TableName table) {
        if (!definition.begin()) {
            resolver.query(definition.query().query(), definition.outer(), definition.around(), definition);
        } else if (!definition.isKnown()) {
            resolver.fault(Kind.CIRCULAR, table.name());
        }
        return definition.columns();
    }

    private List<QuerySource> join(Join join, List<QuerySource> left, List<QuerySource> right) {
        List<QuerySource> sources = new ArrayList<>(left);
        for (QuerySource source : right) {
            Set<String> merged = new HashSet<>(source.merged());
            if (join.natural() && source.columns() != null) {
                source.columns().stream()
                        .filter(column -> left.stream().anyMatch(each -> each.has(column)))
                        .forEach(column -> merged.add(column.toLowerCase(Locale.ROOT)));
            }
            join.using().forEach(column -> merged.add(column.toLowerCase(Locale.ROOT)));
            sources.add(source.merging(merged));
        }
        join.using().stream()
                .filter(column -> !mayHave(left, column) || !mayHave(right, column))
                .forEach(column -> resolver.fault(Kind.NOT_ON_BOTH_SIDES, column));
        return sources;
    }

    private static boolean mayHave(List<QuerySource> sources, String column) {
        return sources.stream().anyMatch(source -> source.columns() == null || source.has(column));
    }
}
