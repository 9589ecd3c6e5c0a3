package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;

/** What one question leaves of a schema, as {@link SchemaPruner} says. Used once, by one thread. */
final class SchemaSelection {
    /** From how many times the limit on not all that a question speaks of can stay. */
    private static final long FAR_TOO_MANY = 4;

    /** A column of a table that was added though the question doesn't speak of it. */
    private record Added(int table, int column) {}

    private final PreparedSchema schema;
    private final int mostTokens;
    private final Predicate<Schema> fits;

    /** By table, the words of its name that the question has. */
    private final List<Set<String>> tableLinks = new ArrayList<>();

    private final int[][] columnLinks;
    private final List<@Nullable BitSet> kept;
    private final List<Added> added = new ArrayList<>();
    private final Set<Integer> linked;
    private int spent;

    /**
     * @param schema all there is
     * @param links what the question speaks of
     * @param mostTokens what the part may take
     * @param fits whether a part is short enough
     */
    SchemaSelection(PreparedSchema schema, QuestionLinks links, int mostTokens, Predicate<Schema> fits) {
        this.schema = schema;
        this.mostTokens = mostTokens;
        this.fits = fits;
        kept = new ArrayList<>(Collections.nCopies(schema.tables(), null));
        columnLinks = new int[schema.tables()][];
        for (int i = 0; i < columnLinks.length; i++) {
            PreparedSchema.Words words = schema.words(i);
            tableLinks.add(links.shared(words.table()));
            columnLinks[i] = words.columns().stream().mapToInt(links::of).toArray();
        }
        linked = linkedTables();
    }

    /** Returns the part that stays. */
    Schema pruned() {
        linked.forEach(this::keep);
        linked.forEach(this::keepLinkedColumns);
        linked.forEach(this::fill);
        for (int other = 0; other < schema.tables(); other++) {
            if (kept.get(other) == null && spent + schema.cost(other) <= mostTokens) {
                keep(other);
                fill(other);
            }
        }
        return shortened();
    }

    /** Costs were added up part by part; the whole may come to a little more: what was added last goes first. */
    private Schema shortened() {
        Schema whole = without(0);
        if (added.isEmpty() || fits.test(whole)) {
            return whole;
        }
        int tooMany = added.size();
        int tooFew = 0;
        while (tooMany - tooFew > 1) {
            int middle = (tooMany + tooFew) / 2;
            if (fits.test(without(middle))) {
                tooMany = middle;
            } else {
                tooFew = middle;
            }
        }
        return without(tooMany);
    }

    /** Without the columns that were added last. */
    private Schema without(int count) {
        List<@Nullable BitSet> left = new ArrayList<>(kept);
        for (Added last : added.subList(added.size() - count, added.size())) {
            BitSet columns = left.get(last.table());
            if (columns != null) {
                BitSet fewer = (BitSet) columns.clone();
                fewer.clear(last.column());
                left.set(last.table(), fewer);
            }
        }
        requireColumns(left);
        return schema.part(left);
    }

    /**
     * Returns what the question speaks of, with the tables between; everything is as good where it speaks of nothing.
     */
    private Set<Integer> linkedTables() {
        int best = IntStream.range(0, schema.tables()).map(this::score).max().orElse(0);
        List<Integer> spokenOf = new ArrayList<>();
        for (int table = 0; table < schema.tables(); table++) {
            if (best > 0 && (!tableLinks.get(table).isEmpty() || score(table) == best)) {
                spokenOf.add(table);
            }
        }
        if (spokenOf.isEmpty() && schema.tables() > 0) {
            spokenOf.add(0);
        }
        Set<Integer> joined = joined(spokenOf);
        return cost(joined) <= FAR_TOO_MANY * mostTokens ? joined : joined(best(spokenOf));
    }

    /** Tables with those between them. */
    private Set<Integer> joined(List<Integer> tables) {
        Set<Integer> joined = new LinkedHashSet<>();
        for (int table : tables) {
            joined.addAll(joined.isEmpty() ? List.of(table) : schema.paths().shortest(joined, table));
        }
        return new TreeSet<>(joined);
    }

    /** Returns what tables take at the least: keys and the columns that the question speaks of. */
    private long cost(Set<Integer> tables) {
        long cost = 0;
        for (int table : tables) {
            BitSet keys = schema.keys(table);
            cost += schema.cost(table);
            for (int column = 0; column < schema.columns(table); column++) {
                cost += columnLinks[table][column] > 0 && !keys.get(column) ? schema.cost(table, column) : 0;
            }
        }
        return cost;
    }

    /**
     * Without tables whose name shares only some of the words that another's name shares: {@code region_1} isn't what is
     * meant by region 2, if there is a {@code region_2}.
     */
    private List<Integer> best(List<Integer> tables) {
        Set<Set<String>> shared = new LinkedHashSet<>();
        tables.forEach(table -> shared.add(tableLinks.get(table)));
        Set<Set<String>> surpassed = new HashSet<>();
        for (Set<String> words : shared) {
            if (shared.stream().anyMatch(other -> other.size() > words.size() && other.containsAll(words))) {
                surpassed.add(words);
            }
        }
        return tables.stream()
                .filter(table -> !surpassed.contains(tableLinks.get(table)))
                .toList();
    }

    private int score(int table) {
        return 2 * tableLinks.get(table).size()
                + IntStream.of(columnLinks[table]).max().orElse(0);
    }

    private void keep(int table) {
        kept.set(table, schema.keys(table));
        spent += schema.cost(table);
    }

    private BitSet columns(int table) {
        BitSet columns = kept.get(table);
        if (columns == null) {
            throw new IllegalStateException("Table " + table + " isn't kept");
        }
        return columns;
    }

    private void keepLinkedColumns(int table) {
        BitSet columns = columns(table);
        for (int column = 0; column < schema.columns(table); column++) {
            if (columnLinks[table][column] > 0 && !columns.get(column)) {
                columns.set(column);
                spent += schema.cost(table, column);
            }
        }
    }

    private void fill(int table) {
        BitSet columns = columns(table);
        for (int column = 0; column < schema.columns(table); column++) {
            int cost = schema.cost(table, column);
            if (!columns.get(column) && spent + cost <= mostTokens) {
                columns.set(column);
                added.add(new Added(table, column));
                spent += cost;
            }
        }
    }

    /** No statement makes a table without columns: a linked one gets its first, another one says nothing. */
    private void requireColumns(List<@Nullable BitSet> left) {
        for (int table = 0; table < left.size(); table++) {
            BitSet columns = left.get(table);
            if (columns != null && columns.isEmpty()) {
                BitSet first = new BitSet();
                first.set(0, Math.min(1, schema.columns(table)));
                left.set(table, linked.contains(table) ? first : null);
            }
        }
    }
}
