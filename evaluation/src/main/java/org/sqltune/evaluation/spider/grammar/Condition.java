package org.sqltune.evaluation.spider.grammar;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The condition of ON, WHERE or HAVING. Like the official code, it distinguishes comparisons from connectives by
 * position.
 *
 * @param parts comparisons and connectives, in order
 */
public record Condition(List<ConditionPart> parts) {
    /** No condition. */
    public static final Condition NONE = new Condition(List.of());

    public Condition {
        parts = List.copyOf(parts);
    }

    /** Returns whether there is no condition. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Returns the parts at the positions of comparisons: the first, the third and so on. */
    public List<ConditionPart> comparisons() {
        return everySecondFrom(0);
    }

    /** Returns the parts at the positions of connectives: the second, the fourth and so on. */
    public List<ConditionPart> connectives() {
        return everySecondFrom(1);
    }

    private List<ConditionPart> everySecondFrom(int start) {
        return IntStream.range(0, parts.size())
                .filter(i -> i % 2 == start)
                .mapToObj(parts::get)
                .toList();
    }
}
