package org.sqltune.synthesis.augmentation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.grammar.Choice;

/**
 * Adds other wordings to training pairs, as people at work would ask. What is held out stays as the templates' phrases have
 * it, so that its score can be compared.
 */
public final class EverydayPairs {
    private final EverydayWords words = EverydayWords.standard();
    private final Predicate<String> allowed;

    /** @param allowed accepts questions; a wording that isn't accepted is left out */
    public EverydayPairs(Predicate<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * Returns the pairs, followed by their other wordings. No two of the result ask one question.
     *
     * @param schema the pairs' schema
     * @param others the number of other wordings to draw for each pair; those that say the same as before are left out
     * @param seed equal seeds give equal pairs
     */
    public List<SyntheticPair> of(List<SyntheticPair> pairs, Schema schema, int others, long seed) {
        Choice choice = new Choice(seed);
        Set<String> names = EverydayWords.words(schema.tables().stream()
                .flatMap(table -> Stream.concat(
                        Stream.of(table.name()), table.columns().stream().map(column -> column.name())))
                .toList());
        Set<String> asked = new HashSet<>();
        pairs.forEach(pair -> asked.add(QuestionText.normalised(pair.question())));
        List<SyntheticPair> said = new ArrayList<>(pairs);
        for (int i = 0; i < others; i++) {
            for (SyntheticPair pair : pairs) {
                String other = words.of(pair.question(), pair.sql(), names, choice);
                if (allowed.test(other) && asked.add(QuestionText.normalised(other))) {
                    said.add(pair.withQuestion(other));
                }
            }
        }
        return said;
    }
}
