package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/** What may follow the left side of a condition. */
public enum ComparisonOperator {
    /** {@code not}: an operator of its own after the one that negates. */
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

    /** The operator written so, in lower case; null if there is none. */
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
