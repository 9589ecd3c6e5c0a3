package org.sqltune.evaluation.report;

import java.util.Comparator;
import java.util.List;

/** The order in which groups are shown. */
final class GroupOrder {
    private static final List<String> FROM_EASY_TO_HARD = List.of(
            "easy",
            "medium",
            "hard",
            "extra",
            "simple",
            "moderate",
            "challenging",
            "filter",
            "aggregation",
            "join",
            "nested");

    /** Known groups from easy to hard, then the others by name. */
    static final Comparator<String> BY_DIFFICULTY =
            Comparator.comparingInt(GroupOrder::place).thenComparing(Comparator.naturalOrder());

    private GroupOrder() {}

    private static int place(String group) {
        int place = FROM_EASY_TO_HARD.indexOf(group);
        return place < 0 ? FROM_EASY_TO_HARD.size() : place;
    }
}
