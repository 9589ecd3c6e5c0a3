package org.sqltune.synthesis.shape;

/**
 * A condition on a table's rows, in SQL and in the two ways questions put it.
 *
 * @param sql what follows WHERE
 * @param prefix what stands before the noun ({@code pending}), or nothing
 * @param with what follows the noun ({@code with a price above 5}), or nothing where there is a prefix
 * @param have what follows "Which things" ({@code have a price above 5})
 */
record InventedCondition(String sql, String prefix, String with, String have) {
    /** Returns the noun with what restricts it. */
    String attachedTo(String things) {
        return (prefix + " " + things + " " + with).strip();
    }

    /** Returns both conditions. */
    InventedCondition and(InventedCondition other) {
        return new InventedCondition(
                sql + " AND " + other.sql, prefix, joined(with, "and", other.with), have + " and " + other.have);
    }

    /** Either condition. */
    InventedCondition or(InventedCondition other) {
        return new InventedCondition(
                sql + " OR " + other.sql, prefix, joined(with, "or", other.with), have + " or " + other.have);
    }

    private static String joined(String first, String word, String second) {
        return first.isEmpty() ? second : first + " " + word + " " + second;
    }
}
