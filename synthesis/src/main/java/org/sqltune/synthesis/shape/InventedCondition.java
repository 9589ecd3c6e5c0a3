package org.sqltune.synthesis.shape;

/**
 * A condition on a table's rows, in SQL and in the phrasings of questions.
 *
 * @param sql the SQL after WHERE
 * @param prefix the words before the noun ({@code pending}), or empty
 * @param with the words after the noun ({@code with a price above 5}), or empty if there is a prefix
 * @param have the words after "Which things" ({@code have a price above 5})
 */
record InventedCondition(String sql, String prefix, String with, String have) {
    /** Returns the noun with the condition. */
    String attachedTo(String things) {
        return (prefix + " " + things + " " + with).strip();
    }

    /** Returns the conjunction of both conditions. */
    InventedCondition and(InventedCondition other) {
        return new InventedCondition(
                sql + " AND " + other.sql, prefix, joined(with, "and", other.with), have + " and " + other.have);
    }

    /** Returns the disjunction of both conditions. */
    InventedCondition or(InventedCondition other) {
        return new InventedCondition(
                sql + " OR " + other.sql, prefix, joined(with, "or", other.with), have + " or " + other.have);
    }

    private static String joined(String first, String word, String second) {
        return first.isEmpty() ? second : first + " " + word + " " + second;
    }
}
