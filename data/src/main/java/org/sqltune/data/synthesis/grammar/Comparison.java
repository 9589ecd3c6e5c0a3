package org.sqltune.data.synthesis.grammar;

import java.util.List;

/** How a count is compared with a number. */
enum Comparison {
    /** Greater than. */
    MORE(" > ", "more"),
    /** At least. */
    LEAST(" >= ", "least"),
    /** Less than. */
    FEWER(" < ", "fewer"),
    /** Equal to. */
    EXACTLY(" = ", "exactly");

    private static final List<Comparison> BY_FREQUENCY = List.of(MORE, MORE, MORE, LEAST, LEAST, FEWER, EXACTLY);

    private final String operator;
    private final String section;

    Comparison(String operator, String section) {
        this.operator = operator;
        this.section = section;
    }

    static Comparison draw(Choice choice) {
        return choice.one(BY_FREQUENCY);
    }

    String operator() {
        return operator;
    }

    /** A number to compare with, of which the plural is spoken; more than one is the exception. */
    int count(Choice choice, int most) {
        return this == MORE && choice.chance(0.3) ? 1 : choice.between(2, most);
    }

    /** The end of the phrase book's section. */
    String section(int count) {
        return count == 1 ? "several" : section;
    }
}
