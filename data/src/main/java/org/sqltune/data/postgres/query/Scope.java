package org.sqltune.data.postgres.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.postgres.query.Source.SourceColumn;
import org.sqltune.data.postgres.syntax.Expression;
import org.sqltune.data.postgres.syntax.Query.NamedQuery;

/** What names mean inside one SELECT: its tables, its aliases, and what surrounds it. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, NamedQuery> named = new HashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Expression> aliases = new HashMap<>();
    private final Set<String> aliasesInUse = new HashSet<>();
    private @Nullable Grouping grouping;

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /** A column found: in which scope, of which source. */
    record Found(Scope scope, Source source, SourceColumn column) {}

    @Nullable
    Scope outer() {
        return outer;
    }

    List<Source> sources() {
        return sources;
    }

    void add(Source source) {
        sources.add(source);
    }

    /** From here on, the sources from that one on may be missing. */
    void makeNullable(int from, int to) {
        for (int i = from; i < to; i++) {
            sources.set(i, sources.get(i).orNull());
        }
    }

    void name(NamedQuery query) {
        named.put(query.name().toLowerCase(Locale.ROOT), query);
    }

    /** The query that WITH calls so, here or further out. */
    Optional<NamedQuery> named(String name) {
        NamedQuery found = named.get(name.toLowerCase(Locale.ROOT));
        return found != null || outer == null ? Optional.ofNullable(found) : outer.named(name);
    }

    void alias(String alias, Expression value) {
        aliases.putIfAbsent(alias.toLowerCase(Locale.ROOT), value);
    }

    /** What the select list calls so. */
    Optional<Expression> alias(String name) {
        return Optional.ofNullable(aliases.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether the alias may be replaced by its value now: inside that value it means something else. */
    boolean enterAlias(String name) {
        return aliasesInUse.add(name.toLowerCase(Locale.ROOT));
    }

    void leaveAlias(String name) {
        aliasesInUse.remove(name.toLowerCase(Locale.ROOT));
    }

    /** The column of one of this SELECT's own tables. */
    Optional<Found> column(@Nullable String table, String name) {
        for (Source source : sources) {
            if (table == null || source.name().equalsIgnoreCase(table)) {
                Optional<SourceColumn> column = source.column(name);
                if (column.isPresent()) {
                    return Optional.of(new Found(this, source, column.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a table is called so, here or further out. */
    boolean knows(String table) {
        return sources.stream().anyMatch(source -> source.name().equalsIgnoreCase(table))
                || (outer != null && outer.knows(table));
    }

    /** How its rows are grouped; null if they aren't. */
    @Nullable
    Grouping grouping() {
        return grouping;
    }

    void groupBy(Grouping rows) {
        this.grouping = rows;
    }
}
