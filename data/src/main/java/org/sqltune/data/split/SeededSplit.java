package org.sqltune.data.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sqltune.core.SqlTuneException;

/**
 * Holds out a share of a list. Equal lists, shares and seeds give equal results on any machine ({@link Random} and
 * {@link Collections#shuffle(List, Random)} are fully specified).
 */
public final class SeededSplit {
    private final double share;
    private final long seed;

    /**
     * @param share the share to hold out, in [0, 1)
     * @param seed the random seed
     * @throws SqlTuneException if the share is out of range
     */
    public SeededSplit(double share, long seed) {
        if (!(share >= 0 && share < 1)) {
            throw new SqlTuneException("Can't hold out a share of " + share + ": choose at least 0 and below 1");
        }
        this.share = share;
        this.seed = seed;
    }

    /** Holds out items at random: the rounded share, but at least one and not all unless the share is 0. */
    public <T> Split<T> random(List<T> items) {
        List<Integer> order = shuffled(items.size());
        return divide(items, order.subList(0, held(items.size())));
    }

    /**
     * Holds out the same share of every stratum, as far as possible; the total equals that of {@link #random}. A
     * stratum loses its last item only if no other stratum can fill the share.
     *
     * @param stratum returns an item's stratum, for example its query category
     */
    public <T> Split<T> stratified(List<T> items, Function<? super T, ?> stratum) {
        List<List<Integer>> strata =
                new ArrayList<>(groups(items, shuffled(items.size()), stratum).values());
        int[] quota = strata.stream()
                .mapToInt(members -> Math.min(members.size() - 1, (int) Math.floor(members.size() * share)))
                .toArray();
        // Largest remainders first, but those that take a stratum's only or last item come last.
        List<Integer> byRemainder =
                new ArrayList<>(IntStream.range(0, strata.size()).boxed().toList());
        byRemainder.sort(Comparator.<Integer, Boolean>comparing(
                        i -> quota[i] + 1 >= strata.get(i).size())
                .thenComparingDouble(i -> quota[i] - strata.get(i).size() * share));
        int missing = held(items.size()) - IntStream.of(quota).sum();
        byRemainder.subList(0, missing).forEach(i -> quota[i]++);
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < strata.size(); i++) {
            held.addAll(strata.get(i).subList(0, quota[i]));
        }
        return divide(items, held);
    }

    /**
     * Holds out whole groups, so that knowledge of a group from training doesn't help with held-out items. The
     * held-out part is as close to the share as group sizes allow, with at least one group on each side.
     *
     * @param group returns an item's group, for example its database
     * @throws SqlTuneException if the share isn't 0 and there is only one group
     */
    public <T> Split<T> grouped(List<T> items, Function<? super T, ?> group) {
        if (share == 0 || items.isEmpty()) {
            return new Split<>(items, List.of());
        }
        List<List<Integer>> groups =
                new ArrayList<>(groups(items, inOrder(items.size()), group).values());
        if (groups.size() == 1) {
            throw new SqlTuneException("Can't hold out whole groups: all " + items.size() + " examples are of "
                    + group.apply(items.get(0)) + "; split at random, or name a validation file");
        }
        Collections.shuffle(groups, new Random(seed));
        int target = held(items.size());
        List<Integer> held = new ArrayList<>();
        int groupsHeldOut = 0;
        for (List<Integer> members : groups) {
            int overshoot = held.size() + members.size() - target;
            boolean nearer = overshoot <= 0 || overshoot < target - held.size();
            if (nearer && groupsHeldOut < groups.size() - 1) {
                held.addAll(members);
                groupsHeldOut++;
            }
        }
        if (held.isEmpty()) {
            held.addAll(Collections.min(groups, Comparator.comparingInt(List::size)));
        }
        return divide(items, held);
    }

    private int held(int size) {
        if (share == 0 || size < 2) {
            return 0;
        }
        return Math.min(size - 1, Math.max(1, Math.toIntExact(Math.round(size * share))));
    }

    private List<Integer> shuffled(int size) {
        List<Integer> order = inOrder(size);
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    private static List<Integer> inOrder(int size) {
        return new ArrayList<>(IntStream.range(0, size).boxed().toList());
    }

    /** Returns indices by group, with groups and members in the given order. */
    private static <T> Map<Object, List<Integer>> groups(
            List<T> items, List<Integer> order, Function<? super T, ?> group) {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int index : order) {
            groups.computeIfAbsent(group.apply(items.get(index)), key -> new ArrayList<>())
                    .add(index);
        }
        return groups;
    }

    private static <T> Split<T> divide(List<T> items, List<Integer> heldIndices) {
        BitSet held = new BitSet(items.size());
        heldIndices.forEach(held::set);
        List<T> train = new ArrayList<>();
        List<T> validation = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            (held.get(i) ? validation : train).add(items.get(i));
        }
        return new Split<>(train, validation);
    }

    /**
     * A set split in two parts, each in the set's order.
     *
     * @param train the training items
     * @param validation the held-out items
     * @param <T> type of the items
     */
    public record Split<T>(List<T> train, List<T> validation) {
        public Split {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
        }
    }
}
