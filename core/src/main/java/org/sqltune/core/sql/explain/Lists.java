package org.sqltune.core.sql.explain;

import java.util.List;

/** Lists as a sentence has them. */
final class Lists {
    /** More items than anybody reads are counted instead. */
    private static final int LONGEST = 12;

    private Lists() {}

    /** {@code a, b and c}. */
    static String and(List<String> items) {
        return join(items, " and ");
    }

    /** {@code a, b or c}. */
    static String or(List<String> items) {
        return join(items, " or ");
    }

    private static String join(List<String> items, String last) {
        if (items.size() > LONGEST) {
            return String.join(", ", items.subList(0, LONGEST - 2)) + last + (items.size() - LONGEST + 2) + " more";
        }
        int end = items.size() - 1;
        return end < 1 ? String.join("", items) : String.join(", ", items.subList(0, end)) + last + items.get(end);
    }
}
