package org.sqltune.synthesis.demo;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.synthesis.grammar.Choice;

/** Mixes groups so that neighbours are mostly of one group. */
final class Runs {
    private Runs() {}

    /**
     * Shuffles each group, then takes a run of each in turn until all are used up.
     *
     * @param groups what to mix
     * @param length elements in a run
     * @param seed of the shuffles
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
