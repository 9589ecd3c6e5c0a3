package org.sqltune.synthesis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.synthesis.grammar.Choice;

/**
 * Splits pairs so that no combination of template and table is in both training and validation: validation then asks
 * for queries that training didn't have, rather than for the same ones in other words. Tables with equal names count
 * as one table, even in different databases.
 */
public final class HoldOut {
    private final Set<Combination> heldOut;
    private final int pairsACell;

    private HoldOut(Set<Combination> heldOut, int pairsACell) {
        this.heldOut = heldOut;
        this.pairsACell = pairsACell;
    }

    /** The unit that is held out. */
    private record Combination(String template, String table) {
        static Combination of(SyntheticPair pair) {
            return new Combination(pair.templateId(), pair.table().toLowerCase(Locale.ROOT));
        }
    }

    /** A database and a category. */
    private record Cell(int database, QueryCategory category) {}

    /**
     * Chooses combinations at random until every database has enough pairs of every category. Each template keeps at
     * least one table for training.
     *
     * @param databases the pairs of each database
     * @param pairsACell number of pairs to hold out for each database and category
     * @param seed the random seed
     */
    public static HoldOut choose(List<List<SyntheticPair>> databases, int pairsACell, long seed) {
        Map<String, Set<Combination>> trained = new HashMap<>();
        databases.stream()
                .flatMap(List::stream)
                .map(Combination::of)
                .forEach(combination -> trained.computeIfAbsent(combination.template(), template -> new HashSet<>())
                        .add(combination));
        Set<Combination> heldOut = new HashSet<>();
        Choice choice = new Choice(seed);
        for (Map.Entry<Cell, List<SyntheticPair>> cell : cells(databases).entrySet()) {
            Set<Combination> inCell =
                    cell.getValue().stream().map(Combination::of).collect(Collectors.toCollection(LinkedHashSet::new));
            for (Combination combination : choice.shuffled(List.copyOf(inCell))) {
                long held = cell.getValue().stream()
                        .filter(pair -> heldOut.contains(Combination.of(pair)))
                        .count();
                Set<Combination> tables = trained.getOrDefault(combination.template(), Set.of());
                if (held < pairsACell && tables.size() > 1 && heldOut.add(combination)) {
                    tables.remove(combination);
                }
            }
        }
        return new HoldOut(heldOut, pairsACell);
    }

    private static Map<Cell, List<SyntheticPair>> cells(List<List<SyntheticPair>> databases) {
        Map<Cell, List<SyntheticPair>> cells = new LinkedHashMap<>();
        for (int i = 0; i < databases.size(); i++) {
            for (SyntheticPair pair : databases.get(i)) {
                cells.computeIfAbsent(new Cell(i, pair.category()), cell -> new ArrayList<>())
                        .add(pair);
            }
        }
        return cells;
    }

    /** Returns one database's training pairs, in their order. */
    public List<SyntheticPair> training(Collection<SyntheticPair> pairs) {
        return pairs.stream()
                .filter(pair -> !heldOut.contains(Combination.of(pair)))
                .toList();
    }

    /** Returns one database's held-out pairs, in their order; at most the chosen number of each category. */
    public List<SyntheticPair> validation(Collection<SyntheticPair> pairs) {
        Map<QueryCategory, Integer> taken = new HashMap<>();
        return pairs.stream()
                .filter(pair -> heldOut.contains(Combination.of(pair)))
                .filter(pair -> taken.merge(pair.category(), 1, Integer::sum) <= pairsACell)
                .toList();
    }
}
