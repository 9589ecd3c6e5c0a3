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
 * Splits pairs so that a template never meets the same table in training and in validation: validation then asks for
 * something that was not trained on, rather than for the same in other words. Tables of one name count as one table,
 * whatever the database.
 */
public final class HoldOut {
    private final Set<Combination> heldOut;
    private final int pairsACell;

    private HoldOut(Set<Combination> heldOut, int pairsACell) {
        this.heldOut = heldOut;
        this.pairsACell = pairsACell;
    }

    /** What is held out as a whole. */
    private record Combination(String template, String table) {
        static Combination of(SyntheticPair pair) {
            return new Combination(pair.templateId(), pair.table().toLowerCase(Locale.ROOT));
        }
    }

    /** Pairs of one database and one category. */
    private record Cell(int database, QueryCategory category) {}

    /**
     * Chooses combinations at random until every database has enough pairs of every category. Each template keeps at
     * least one table to be trained with.
     *
     * @param databases the pairs of each database
     * @param pairsACell pairs wanted of each database and category
     * @param seed of the choice
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

    /** Returns those of one database's pairs that may be trained on, in their order. */
    public List<SyntheticPair> training(Collection<SyntheticPair> pairs) {
        return pairs.stream()
                .filter(pair -> !heldOut.contains(Combination.of(pair)))
                .toList();
    }

    /**
     * Returns those of one database's pairs that are held out, in their order; of each category as many as were
     * wanted.
     */
    public List<SyntheticPair> validation(Collection<SyntheticPair> pairs) {
        Map<QueryCategory, Integer> taken = new HashMap<>();
        return pairs.stream()
                .filter(pair -> heldOut.contains(Combination.of(pair)))
                .filter(pair -> taken.merge(pair.category(), 1, Integer::sum) <= pairsACell)
                .toList();
    }
}
