package org.sqltune.postgres.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.postgres.scope.Source.SourceColumn;

/** The name scope of one SELECT: its tables, its aliases, and the outer scope. */
public final class ConversionScope {
    private final @Nullable ConversionScope outer;
    private final Map<String, NamedQuery> named = new HashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Expression> aliases = new HashMap<>();
    private final Set<String> aliasesInUse = new HashSet<>();
    private @Nullable Grouping grouping;

    public ConversionScope(@Nullable ConversionScope outer) {
        this.outer = outer;
    }

    /** A resolved column with its scope and source. */
    public record Found(ConversionScope scope, Source source, SourceColumn column) {}

    @Nullable
    public ConversionScope outer() {
        return outer;
    }

    public List<Source> sources() {
        return sources;
    }

    public void add(Source source) {
        sources.add(source);
    }

    /** Marks sources as the nullable side of an outer join. */
    public void makeNullable(int from, int to) {
        for (int i = from; i < to; i++) {
            sources.set(i, sources.get(i).orNull());
        }
    }

    public void name(NamedQuery query) {
        named.put(query.name().toLowerCase(Locale.ROOT), query);
    }

    /** Returns the common table expression of this name, here or in an outer scope. */
    public Optional<NamedQuery> named(String name) {
        NamedQuery found = named.get(name.toLowerCase(Locale.ROOT));
        return found != null || outer == null ? Optional.ofNullable(found) : outer.named(name);
    }

    public void alias(String alias, Expression value) {
        aliases.putIfAbsent(alias.toLowerCase(Locale.ROOT), value);
    }

    /** Returns the expression with this alias in the select list. */
    public Optional<Expression> alias(String name) {
        return Optional.ofNullable(aliases.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Returns whether the alias may be replaced by its expression now: inside that expression the name means
     * something else.
     */
    public boolean enterAlias(String name) {
        return aliasesInUse.add(name.toLowerCase(Locale.ROOT));
    }

    public void leaveAlias(String name) {
        aliasesInUse.remove(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the column of one of this SELECT's own tables. */
    public Optional<Found> column(@Nullable String table, String name) {
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

    /** Returns whether a table has this name, here or in an outer scope. */
    public boolean knows(String table) {
        return sources.stream().anyMatch(source -> source.name().equalsIgnoreCase(table))
                || (outer != null && outer.knows(table));
    }

    /** Returns the grouping; null if rows aren't grouped. */
    @Nullable
    public Grouping grouping() {
        return grouping;
    }

    public void groupBy(Grouping rows) {
        this.grouping = rows;
    }
}
