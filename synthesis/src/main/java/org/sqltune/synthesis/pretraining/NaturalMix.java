package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.example.Example;

/**
 * Natural questions, divided into training and held-out ones.
 *
 * @param train the questions to mix with the invented ones
 * @param heldOut the questions of one database in forty; {@code train} has no question of these databases
 */
public record NaturalMix(List<NaturalPair> train, List<NaturalPair> heldOut) {
    /** No questions. */
    public static final NaturalMix NONE = new NaturalMix(List.of(), List.of());

    private static final int DATABASES_PER_HELD_OUT = 40;

    public NaturalMix {
        train = List.copyOf(train);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Divides pairs by database.
     *
     * @param pairs pairs of any source
     * @param excluded questions that neither part may contain, compared without case and punctuation
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

    /**
     * A natural question with its SQL over a structured schema.
     *
     * @param source the name of its data set
     * @param example the question and SQL
     */
    public record NaturalPair(String source, Example example) {}
}
