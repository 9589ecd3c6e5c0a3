package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Questions that people asked, divided into those to train on and those held out to measure with.
 *
 * @param train to be mixed under the invented ones
 * @param heldOut those of one database in forty, none of whose questions is in {@code train}
 */
public record NaturalMix(List<NaturalPair> train, List<NaturalPair> heldOut) {
    /** No question at all. */
    public static final NaturalMix NONE = new NaturalMix(List.of(), List.of());

    private static final int DATABASES_PER_HELD_OUT = 40;

    public NaturalMix {
        train = List.copyOf(train);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Divides pairs by database.
     *
     * @param pairs from any sources
     * @param excluded questions that must be in neither part: equal ones, but for case and signs, are left out
     */
    public static NaturalMix of(Collection<NaturalPair> pairs, Collection<String> excluded) {
        Set<String> keys = excluded.stream().map(NaturalQuestions::key).collect(Collectors.toSet());
        List<NaturalPair> train = new ArrayList<>();
        List<NaturalPair> heldOut = new ArrayList<>();
        for (NaturalPair pair : pairs) {
            if (!keys.contains(NaturalQuestions.key(pair.example().question()))) {
                (isHeldOut(pair.example().databaseId()) ? heldOut : train).add(pair);
            }
        }
        return new NaturalMix(train, heldOut);
    }

    private static boolean isHeldOut(String databaseId) {
        return Math.floorMod(databaseId.hashCode() * 31 + databaseId.length(), DATABASES_PER_HELD_OUT) == 0;
    }
}
