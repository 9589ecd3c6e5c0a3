package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/** The operators that may follow the left side of a condition. */
public enum ComparisonOperator {
    /** {@code not}: a second {@code not} counts as an operator. */
    NOT,
    /** {@code between}. */
    BETWEEN,
    /** {@code =}. */
    EQUAL,
    /** {@code >}. */
    GREATER,
    /** {@code <}. */
    LESS,
    /** {@code >=}. */
    AT_LEAST,
    /** {@code <=}. */
    AT_MOST,
    /** {@code !=}; {@code <>} is unknown. */
    UNEQUAL,
    /** {@code in}. */
    IN,
    /** {@code like}. */
    LIKE,
    /** {@code is}. */
    IS,
    /** {@code exists}. */
    EXISTS;

    /** Returns the operator of this spelling, in lower case; null if there is none. */
    static @Nullable ComparisonOperator written(String word) {
        return switch (word) {
            case "not" -> NOT;
            case "between" -> BETWEEN;
            case "=" -> EQUAL;
            case ">" -> GREATER;
            case "<" -> LESS;
            case ">=" -> AT_LEAST;
            case "<=" -> AT_MOST;
            case "!=" -> UNEQUAL;
            case "in" -> IN;
            case "like" -> LIKE;
            case "is" -> IS;
            case "exists" -> EXISTS;
            default -> null;
        };
    }
}
