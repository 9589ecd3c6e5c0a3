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

    String section() {
        return section;
    }
}
