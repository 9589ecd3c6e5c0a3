package org.sqltune.data.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.sqltune.data.split.SeededSplit.Split;

/** Splits a list into any number of parts, each in the list's order. Equal lists, sizes and seeds give equal parts. */
public final class PartsSplit {
    private final PartSizes sizes;
    private final long seed;

    /**
     * @param sizes the sizes of the parts
     * @param seed the random seed
     */
    public PartsSplit(PartSizes sizes, long seed) {
        this.sizes = sizes;
        this.seed = seed;
    }

    /** Splits the items at random. */
    public <T> List<List<T>> random(List<T> items) {
        return divide(items, SeededSplit::random);
    }

    /** Splits the items so that every part has the same shares of strata, as far as possible. */
    public <T> List<List<T>> stratified(List<T> items, Function<? super T, ?> stratum) {
        return divide(items, (split, rest) -> split.stratified(rest, stratum));
    }

    /**
     * Splits the items so that each group, such as a database, is in one part; sizes are met as closely as groups
     * allow.
     *
     * @throws org.sqltune.core.SqlTuneException if there are fewer groups than parts
     */
    public <T> List<List<T>> grouped(List<T> items, Function<? super T, ?> group) {
        return divide(items, (split, rest) -> split.grouped(rest, group));
    }

    /** A method of holding out. */
    private interface Method<T> {
        Split<T> holdOut(SeededSplit split, List<T> items);
    }

    /** Splits the items: holds the last part out of everything, the one before it out of the rest, and so on. */
    private <T> List<List<T>> divide(List<T> items, Method<T> method) {
        List<Integer> wanted = sizes.of(items.size());
        List<List<T>> parts = new ArrayList<>();
        List<T> rest = items;
        for (int i = wanted.size() - 1; i >= 0; i--) {
            int size = wanted.get(i);
            boolean all = i == 0 && size >= rest.size() - rounding(items);
            if (size == 0 || all || rest.isEmpty()) {
                parts.add(all ? rest : List.of());
                rest = all ? List.of() : rest;
            } else {
                Split<T> split = method.holdOut(
                        new SeededSplit(Math.min(1 - 1e-12, (double) size / rest.size()), seed + i), rest);
                parts.add(split.validation());
                rest = split.train();
            }
        }
        Collections.reverse(parts);
        return parts;
    }

    /**
     * Returns by how many items the first part may exceed its size: without limit if all items are assigned, since
     * groups of unequal size leave items over; else 0.
     */
    private int rounding(List<?> items) {
        int sum = sizes.of(items.size()).stream().mapToInt(Integer::intValue).sum();
        return sum == items.size() ? items.size() : 0;
    }
}
