package org.sqltune.synthesis.demo;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.synthesis.grammar.Choice;

/** Interleaves groups in short runs, so that most neighbours belong to one group. */
final class InterleavedGroups {
    private InterleavedGroups() {}

    /**
     * Shuffles each group, then takes a run of each in turn until all are exhausted.
     *
     * @param groups the groups to interleave
     * @param length number of elements in a run
     * @param seed the random seed
     */
    static <T> List<T> inTurn(List<List<T>> groups, int length, long seed) {
        Choice choice = new Choice(seed);
        List<List<T>> shuffled = groups.stream().map(choice::shuffled).toList();
        int longest = shuffled.stream().mapToInt(List::size).max().orElse(0);
        List<T> mixed = new ArrayList<>();
        for (int from = 0; from < longest; from += length) {
            for (List<T> group : shuffled) {
                mixed.addAll(group.subList(Math.min(from, group.size()), Math.min(from + length, group.size())));
            }
        }
        return mixed;
    }
}
