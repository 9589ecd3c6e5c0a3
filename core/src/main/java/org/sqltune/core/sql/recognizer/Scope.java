package org.sqltune.core.sql.recognizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;

/**
 * What one SELECT has named and can name. Never changes.
 *
 * @param outer what the query around it can name; null if there is none
 * @param phase how much of FROM is known
 * @param sources what FROM reads, so far
 * @param qualified the columns that were named with a qualifier before FROM: a source of that name has to have them
 * @param loose the columns that were named without: exactly one source has to have each
 * @param star whether {@code *} was written: there has to be a FROM
 * @param width the number of columns that {@code *} has to stand for; 0 if that is free
 * @param outputs the select list
 * @param aggregate whether the expression that is being written has an aggregate
 * @param window whether it has a window function
 * @param named what WITH defines
 * @param room how many tables FROM may read, those inside its queries counted
 */
record Scope(
        @Nullable Scope outer,
        Phase phase,
        List<Source> sources,
        SortedMap<String, SortedSet<String>> qualified,
        SortedSet<String> loose,
        boolean star,
        int width,
        List<Output> outputs,
        boolean aggregate,
        boolean window,
        Map<String, Columns> named,
        int room) {

    /** How much of FROM is known. */
    enum Phase {
        /** The select list is being written. */
        RESULTS,
        /** FROM is being written. */
        FROM,
        /** All sources are known, or there are none. */
        CLAUSES
    }

    /**
     * Something that FROM reads rows of.
     *
     * @param calledBy what qualifies its columns, as names are compared; empty for a query without alias
     */
    record Source(String calledBy, Columns columns) {}

    /**
     * An entry of a select list.
     *
     * @param name what the column is called from outside; null if that can't be written
     * @param alias whether the name was given with AS
     * @param aggregate whether it has an aggregate
     * @param window whether it has a window function
     * @param star null, or the qualifier of a star, which is empty for a bare one
     */
    record Output(
            @Nullable String name,
            boolean alias,
            boolean aggregate,
            boolean window,
            @Nullable String star) {
        static Output ofStar(String qualifier) {
            return new Output(null, false, false, false, qualifier);
        }
    }

    /** At the beginning of a SELECT. */
    static Scope begin(@Nullable Scope outer, Map<String, Columns> named, int room) {
        return new Scope(
                outer,
                Phase.RESULTS,
                List.of(),
                new TreeMap<>(),
                new TreeSet<>(),
                false,
                0,
                List.of(),
                false,
                false,
                named,
                room);
    }

    Scope in(Phase next) {
        return new Scope(outer, next, sources, qualified, loose, star, width, outputs, aggregate, window, named, room);
    }

    Scope withSource(Source source) {
        List<Source> more = new ArrayList<>(sources);
        more.add(source);
        return new Scope(outer, phase, more, qualified, loose, star, width, outputs, aggregate, window, named, room);
    }

    Scope withOutput(Output output) {
        List<Output> more = new ArrayList<>(outputs);
        more.add(output);
        return new Scope(outer, phase, sources, qualified, loose, star, width, more, false, false, named, room);
    }

    Scope withStar(int columns) {
        return new Scope(
                outer, phase, sources, qualified, loose, true, columns, outputs, aggregate, window, named, room);
    }

    Scope withLoose(String column) {
        SortedSet<String> more = new TreeSet<>(loose);
        more.add(column);
        return new Scope(outer, phase, sources, qualified, more, star, width, outputs, aggregate, window, named, room);
    }

    /** @param column null if any table will do */
    Scope withQualified(String qualifier, @Nullable String column) {
        return new Scope(
                outer,
                phase,
                sources,
                qualified(qualified, qualifier, column),
                loose,
                star,
                width,
                outputs,
                aggregate,
                window,
                named,
                room);
    }

    static SortedMap<String, SortedSet<String>> qualified(
            SortedMap<String, SortedSet<String>> before, String qualifier, @Nullable String column) {
        SortedMap<String, SortedSet<String>> more = new TreeMap<>(before);
        SortedSet<String> columns = new TreeSet<>(more.getOrDefault(qualifier, new TreeSet<>()));
        if (column != null) {
            columns.add(column);
        }
        more.put(qualifier, columns);
        return more;
    }

    /** What the expression that is being written was found to have. */
    Scope marked(boolean hasAggregate, boolean hasWindow) {
        return new Scope(
                outer,
                phase,
                sources,
                qualified,
                loose,
                star,
                width,
                outputs,
                aggregate || hasAggregate,
                window || hasWindow,
                named,
                room);
    }

    Scope unmarked() {
        if (!aggregate && !window) {
            return this;
        }
        return new Scope(outer, phase, sources, qualified, loose, star, width, outputs, false, false, named, room);
    }

    Scope withOuter(Scope other) {
        return new Scope(other, phase, sources, qualified, loose, star, width, outputs, aggregate, window, named, room);
    }

    boolean hasObligations() {
        return star || !qualified.isEmpty() || !loose.isEmpty();
    }

    @Nullable
    Source source(String calledBy) {
        for (Source source : sources) {
            if (source.calledBy().equals(calledBy)) {
                return source;
            }
        }
        return null;
    }

    /** How many tables FROM reads so far, those inside its queries counted. */
    int reads() {
        return sources.stream().mapToInt(source -> source.columns().reads()).sum();
    }

    /** How many sources have each column. */
    Map<String, Integer> columnCounts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Source source : sources) {
            source.columns().names().forEach(column -> counts.merge(column, 1, Integer::sum));
        }
        return counts;
    }

    /** The names of the select list's columns from outside, stars written out; null where one can't be written. */
    List<@Nullable String> outputNames() {
        List<@Nullable String> names = new ArrayList<>();
        for (Output output : outputs) {
            if (output.star() == null) {
                names.add(output.name());
                continue;
            }
            for (Source source : sources) {
                if (output.star().isEmpty() || output.star().equals(source.calledBy())) {
                    names.addAll(source.columns().names());
                    for (int i = source.columns().names().size();
                            i < source.columns().count();
                            i++) {
                        names.add(null);
                    }
                }
            }
        }
        return names;
    }
}
