package org.sqltune.core.config;

import java.util.function.DoublePredicate;

/**
 * The numbers a key takes.
 *
 * @param wording how to say it after "a number", such as {@code above 0}
 * @param contains whether a number is one of them
 */
record Range(String wording, DoublePredicate contains) {
    /** Any number. */
    static final Range ANY = new Range("", x -> true);

    static Range atLeast(long least) {
        return new Range("of at least " + least, x -> x >= least);
    }

    static Range above(long limit) {
        return new Range("above " + limit, x -> x > limit);
    }

    /** From 0 to below 1: shares and probabilities that must leave something over. */
    static Range share() {
        return new Range("from 0 to below 1", x -> x >= 0 && x < 1);
    }

    /** Above 0, up to 1: a probability that must leave something in. */
    static Range positiveProbability() {
        return new Range("above 0 and at most 1", x -> x > 0 && x <= 1);
    }

    /** From 0 to 1. */
    static Range probability() {
        return new Range("from 0 to 1", x -> x >= 0 && x <= 1);
    }

    /** Names the numbers, such as {@code a whole number of at least 1}. */
    String describe(String kind) {
        return wording.isEmpty() ? kind : kind + " " + wording;
    }
}
