package org.sqltune.core.sql.recognizer;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;
import org.sqltune.core.sql.recognizer.name.SchemaNames;

/**
 * Finds tables that FROM can still add so that all is kept that the select list named, and no more than FROM may have. A
 * search with going back; the questions are small: few names, and each is in few tables. Where the first table of a plan is
 * added, the rest of it is found again, so a FROM that follows plans always comes to an end.
 */
final class SourcePlan {
    /** Tables and queries that one FROM reads at most. People write up to nine. */
    static final int MOST_SOURCES = 10;

    /** Tables that a query in FROM or WITH reads at most. SQLite merges such queries, and joins no more than 64 tables. */
    static final int MOST_READ_INSIDE = 6;

    /** Tables that a FROM which stands in no other reads at most, those inside its queries counted. */
    static final int MOST_READ = MOST_SOURCES * MOST_READ_INSIDE;

    /** Tables that are tried until a search gives up; real ones need a few. */
    private static final int MOST_STEPS = 20_000;

    /** A column of so many tables says something about them. */
    private static final int FEW = 64;

    /** A table to be added, and what it is to be called. */
    record Addition(String table, String calledBy, Columns columns) {
        Scope.Source source() {
            return new Scope.Source(calledBy, columns);
        }
    }

    private final SchemaNames names;
    private final Map<String, Columns> named;
    private final SortedMap<String, SortedSet<String>> qualified;
    private final SortedSet<String> loose;
    private final List<Scope.Source> sources;
    private final int room;
    private int reads;
    private final List<Addition> additions = new ArrayList<>();
    private int steps;

    private SourcePlan(SchemaNames names, Scope scope) {
        this.names = names;
        this.named = scope.named();
        this.sources = new ArrayList<>(scope.sources());
        this.qualified = scope.qualified();
        this.loose = scope.loose();
        this.room = scope.room();
        this.reads = scope.reads();
    }

    /** What is still to be added to the scope's sources; null if nothing helps. */
    static @Nullable List<Addition> find(SchemaNames names, Scope scope) {
        SourcePlan plan = new SourcePlan(names, scope);
        return plan.search() ? plan.additions : null;
    }

    private boolean search() {
        if (sources.size() > MOST_SOURCES || reads > room) {
            return false;
        }
        String open = null;
        for (String qualifier : qualified.keySet()) {
            Scope.Source source = called(qualifier);
            if (source == null) {
                open = open == null ? qualifier : open;
            } else if (!source.columns().names().containsAll(columnsOf(qualifier))) {
                return false;
            }
        }
        String openColumn = null;
        for (String column : loose) {
            int having = having(column);
            if (having > 1) {
                return false;
            }
            if (having == 0 && (openColumn == null || choices(column) < choices(openColumn))) {
                openColumn = column;
            }
        }
        if ((open != null || openColumn != null) && (sources.size() == MOST_SOURCES || reads == room)) {
            return false;
        }
        if (open != null) {
            return forQualifier(open);
        }
        return openColumn == null || forColumn(openColumn);
    }

    private SortedSet<String> columnsOf(String qualifier) {
        return qualified.getOrDefault(qualifier, java.util.Collections.emptySortedSet());
    }

    private int choices(String column) {
        return names.tablesWith(column).size();
    }

    private int having(String column) {
        int count = 0;
        for (Scope.Source source : sources) {
            if (source.columns().has(column)) {
                count++;
            }
        }
        return count;
    }

    private Scope.@Nullable Source called(String name) {
        for (Scope.Source source : sources) {
            if (source.calledBy().equals(name)) {
                return source;
            }
        }
        return null;
    }

    private boolean forQualifier(String qualifier) {
        SortedSet<String> columns = columnsOf(qualifier);
        Columns fixed = table(qualifier);
        if (fixed != null) {
            return fixed.names().containsAll(columns) && tryAdding(qualifier, qualifier, fixed);
        }
        Collection<String> candidates = columns.isEmpty() ? names.tables().keySet() : rarest(columns);
        for (String table : best(candidates)) {
            Columns have = columns(table);
            if (have.names().containsAll(columns) && tryAdding(table, qualifier, have)) {
                return true;
            }
        }
        for (Map.Entry<String, Columns> each : named.entrySet()) {
            if (each.getValue().names().containsAll(columns) && tryAdding(each.getKey(), qualifier, each.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** The tables with that of the columns which the fewest have. */
    private Collection<String> rarest(SortedSet<String> columns) {
        String rarest = columns.first();
        for (String column : columns) {
            rarest = choices(column) < choices(rarest) ? column : rarest;
        }
        return names.tablesWith(rarest);
    }

    private boolean forColumn(String column) {
        for (String table : best(names.tablesWith(column))) {
            Columns have = columns(table);
            if (have.has(column) && tryAdding(table, free(table), have)) {
                return true;
            }
        }
        for (Map.Entry<String, Columns> each : named.entrySet()) {
            if (each.getValue().has(column) && tryAdding(each.getKey(), free(each.getKey()), each.getValue())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The tables first that have most of what is missing, and the others of those given. Looked for by the columns that few tables
     * have: there may be thousands of tables.
     */
    private Iterable<String> best(Collection<String> tables) {
        if (loose.isEmpty() || tables.size() < 2) {
            return tables;
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String column : loose) {
            if (choices(column) <= FEW || loose.size() == 1) {
                names.tablesWith(column).forEach(table -> counts.merge(table, 1, Integer::sum));
            }
        }
        List<String> sorted = new ArrayList<>(counts.keySet());
        sorted.sort(Comparator.comparingInt((String table) -> -counts.getOrDefault(table, 0)));
        return Iterables.concat(sorted, Iterables.filter(tables, table -> !counts.containsKey(table)));
    }

    private boolean tryAdding(String table, String calledBy, Columns columns) {
        if (++steps > MOST_STEPS) {
            return false;
        }
        for (String column : loose) {
            if (columns.has(column) && having(column) > 0) {
                return false;
            }
        }
        Addition addition = new Addition(table, calledBy, columns);
        additions.add(addition);
        sources.add(addition.source());
        reads += columns.reads();
        if (search()) {
            return true;
        }
        reads -= columns.reads();
        additions.remove(additions.size() - 1);
        sources.remove(sources.size() - 1);
        return false;
    }

    /** What a table can be called: as itself, or if that is taken, by a name of its own. */
    private String free(String table) {
        return called(table) == null && !qualified.containsKey(table) ? table : fresh(names, named, sources, qualified);
    }

    /** An alias that nothing else is called. */
    static String fresh(
            SchemaNames names,
            Map<String, Columns> named,
            List<Scope.Source> sources,
            SortedMap<String, SortedSet<String>> qualified) {
        for (int number = 1; ; number++) {
            String alias = "t" + number;
            boolean taken = qualified.containsKey(alias)
                    || named.containsKey(alias)
                    || names.tables().containsKey(alias)
                    || sources.stream().anyMatch(source -> source.calledBy().equals(alias));
            if (!taken) {
                return alias;
            }
        }
    }

    private Columns columns(String table) {
        return names.tables().getOrDefault(table, Columns.of(List.of(), 1));
    }

    /** The table or query of WITH of that name. */
    private @Nullable Columns table(String name) {
        Columns query = named.get(name);
        return query == null ? names.tables().get(name) : query;
    }
}
