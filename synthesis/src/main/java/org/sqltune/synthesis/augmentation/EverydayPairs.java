package org.sqltune.synthesis.augmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.naming.QuestionText;
import org.sqltune.synthesis.SyntheticPair;
import org.sqltune.synthesis.grammar.Choice;

/**
 * Puts a part of training pairs into everyday words. What is held out stays as the templates' phrases have it, so that its
 * score can be compared.
 */
public final class EverydayPairs {
    private static final double SHARE = 0.5;

    private final EverydayWords words = EverydayWords.standard();
    private final Predicate<String> allowed;

    /** @param allowed accepts questions; a pair whose new question isn't accepted keeps its old one */
    public EverydayPairs(Predicate<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * Returns as many pairs, in their order, half of them in other words. No two of them ask one question with different
     * queries.
     *
     * @param schema the pairs' schema
     * @param seed equal seeds give equal pairs
     */
    public List<SyntheticPair> of(List<SyntheticPair> pairs, Schema schema, long seed) {
        Choice choice = new Choice(seed);
        Set<String> names = EverydayWords.words(schema.tables().stream()
                .flatMap(table -> Stream.concat(
                        Stream.of(table.name()), table.columns().stream().map(column -> column.name())))
                .toList());
        Map<String, String> queries = new HashMap<>();
        pairs.forEach(pair -> queries.put(QuestionText.normalised(pair.question()), pair.sql()));
        List<SyntheticPair> said = new ArrayList<>();
        for (SyntheticPair pair : pairs) {
            String other = choice.chance(SHARE) ? words.of(pair.question(), pair.sql(), names, choice) : pair.question();
            String known = queries.putIfAbsent(QuestionText.normalised(other), pair.sql());
            boolean clear = (known == null || known.equals(pair.sql())) && allowed.test(other);
            said.add(clear ? pair.withQuestion(other) : pair);
        }
        return said;
    }
}
