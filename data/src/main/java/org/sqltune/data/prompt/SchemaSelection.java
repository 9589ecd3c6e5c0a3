package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;

/** Selects the part of a schema for one question, see {@link SchemaPruner}. Used once, by one thread. */
final class SchemaSelection {
    /** The multiple of the limit beyond which not all mentioned tables can stay. */
    private static final long FAR_TOO_MANY = 4;

    /** This many of the best matching tables, together with the tables that join them, stay at any cost. */
    private static final int FEW_TABLES = 20;

    /** A column that was added although the question doesn't mention it. */
    private record Added(int table, int column) {}

    private final PreparedSchema schema;
    private final int mostTokens;
    private final Predicate<Schema> fits;

    /** The words of each table's name that the question contains. */
    private final List<Set<String>> tableLinks = new ArrayList<>();

    private final int[][] columnLinks;
    private final List<@Nullable BitSet> kept;
    private final List<Added> added = new ArrayList<>();
    private final Set<Integer> linked;
    private int spent;

    /**
     * @param schema the whole schema
     * @param links the tables and columns that the question mentions
     * @param mostTokens the maximal number of tokens
     * @param fits returns whether a part is short enough
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

    /** Returns the selected part. */
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

    /**
     * Removes the last additions while the whole exceeds the limit, since it may cost slightly more than the sum of
     * its parts.
     */
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

    /** Returns the part without the columns that were added last. */
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

    /** Returns the mentioned tables and the tables that join them; all tables if the question mentions none. */
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
        return joined(spokenOf, 0)
                .or(() -> joined(best(spokenOf), FEW_TABLES))
                .orElseGet(() -> affordable(best(spokenOf)));
    }

    /**
     * Returns tables with the tables that join them; empty if they far exceed the limit.
     *
     * @param few this many tables may exceed any limit
     */
    private Optional<Set<Integer>> joined(List<Integer> tables, int few) {
        Set<Integer> joined = new LinkedHashSet<>();
        long cost = 0;
        for (int table : tables) {
            cost += add(way(joined, table), joined);
            if (cost > FAR_TOO_MANY * mostTokens && joined.size() > few) {
                return Optional.empty();
            }
        }
        return Optional.of(new TreeSet<>(joined));
    }

    /**
     * Returns the tables that the question mentions most, within a multiple of the limit, with the tables that join
     * them if these fit.
     */
    private Set<Integer> affordable(List<Integer> tables) {
        List<Integer> inTurn = new ArrayList<>(tables);
        inTurn.sort(Comparator.comparingInt((Integer table) -> -score(table)));
        long least = inTurn.stream().mapToLong(this::cost).min().orElse(0);
        Set<Integer> chosen = new LinkedHashSet<>();
        long left = FAR_TOO_MANY * mostTokens;
        for (int table : inTurn) {
            if (!chosen.isEmpty() && left < least) {
                break;
            }
            List<Integer> way = way(chosen, table);
            if (cost(way) > left) {
                way = List.of(table);
            }
            if (chosen.isEmpty() || cost(way) <= left) {
                left -= add(way, chosen);
            }
        }
        return new TreeSet<>(chosen);
    }

    /** Returns a table with the tables that join it to others, without the others. */
    private List<Integer> way(Set<Integer> others, int table) {
        return others.isEmpty()
                ? List.of(table)
                : schema.paths().shortest(others, table).stream()
                        .filter(each -> !others.contains(each))
                        .toList();
    }

    /** Adds tables to others and returns the cost of the new ones, in tokens. */
    private long add(List<Integer> tables, Set<Integer> others) {
        return tables.stream().filter(others::add).mapToLong(this::cost).sum();
    }

    private long cost(List<Integer> tables) {
        return tables.stream().mapToLong(this::cost).sum();
    }

    /** Returns the minimal cost of a table: its keys and the mentioned columns, in tokens. */
    private long cost(int table) {
        BitSet keys = schema.keys(table);
        long cost = schema.cost(table);
        for (int column = 0; column < schema.columns(table); column++) {
            cost += columnLinks[table][column] > 0 && !keys.get(column) ? schema.cost(table, column) : 0;
        }
        return cost;
    }

    /**
     * Removes tables whose name shares only a subset of the words that another table's name shares: with a {@code
     * region_2}, "region 2" doesn't mean {@code region_1}.
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

    /**
     * Ensures that every table has columns, since SQL has no tables without: a linked table keeps its first column,
     * others are removed.
     */
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
