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
 * Holds out a share of a list. Same list, share and seed: same result, on any machine ({@link Random} and {@link
 * Collections#shuffle(List, Random)} are specified to the bit).
 */
public final class SeededSplit {
    private final double share;
    private final long seed;

    /**
     * @param share part to hold out, in [0, 1)
     * @param seed determines which items are held out
     * @throws SqlTuneException if the share is out of range
     */
    public SeededSplit(double share, long seed) {
        if (!(share >= 0 && share < 1)) {
            throw new SqlTuneException("Can't hold out a share of " + share + ": choose at least 0 and below 1");
        }
        this.share = share;
        this.seed = seed;
    }

    /** Holds out items at random: the share, rounded, but at least one and not all if the share isn't 0. */
    public <T> Split<T> random(List<T> items) {
        List<Integer> order = shuffled(items.size());
        return divide(items, order.subList(0, held(items.size())));
    }

    /**
     * Holds out the same share of every stratum, as nearly as whole items allow; the total is that of {@link #random}.
     * A stratum gives its last item away only where no other can fill the share.
     *
     * @param stratum the group of an item, for example its kind of query
     */
    public <T> Split<T> stratified(List<T> items, Function<? super T, ?> stratum) {
        List<List<Integer>> strata =
                new ArrayList<>(groups(items, shuffled(items.size()), stratum).values());
        int[] quota = strata.stream()
                .mapToInt(members -> Math.min(members.size() - 1, (int) Math.floor(members.size() * share)))
                .toArray();
        // Largest remainders first, but last what would take a stratum's only or last item.
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
     * Holds out whole groups, so that what is learnt of a group in training doesn't help with the held-out ones. The
     * held-out part comes as near to the share as the groups' sizes allow, with at least one group on each side.
     *
     * @param group the group of an item, for example its database
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

    /** Indices by group, groups and members in the order given. */
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
     * A set divided in two, each part in the set's order.
     *
     * @param train the items that remain for training
     * @param validation the items that are held out
     * @param <T> type of the items
     */
    public record Split<T>(List<T> train, List<T> validation) {
        public Split {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
        }
    }
}
