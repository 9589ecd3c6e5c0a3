package org.sqltune.evaluation.spider.grammar;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The condition of ON, WHERE or HAVING. The official code tells comparisons from connectives by their position, and so
 * does this.
 *
 * @param parts in order
 */
public record Condition(List<ConditionPart> parts) {
    /** No condition. */
    public static final Condition NONE = new Condition(List.of());

    public Condition {
        parts = List.copyOf(parts);
    }

    /** Whether there is no condition. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** What stands where comparisons belong: the first part, the third and so on. */
    public List<ConditionPart> comparisons() {
        return everySecondFrom(0);
    }

    /** What stands where connectives belong: the second part, the fourth and so on. */
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
