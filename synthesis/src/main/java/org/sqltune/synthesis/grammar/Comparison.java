package org.sqltune.synthesis.grammar;

import java.util.List;

/** Comparisons of a count with a number. */
public enum Comparison {
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

    public static Comparison draw(Choice choice) {
        return choice.one(BY_FREQUENCY);
    }

    public String operator() {
        return operator;
    }

    /** Returns a number to compare with. It takes the plural, except in "more than one". */
    public int count(Choice choice, int most) {
        return this == MORE && choice.chance(0.3) ? 1 : choice.between(2, most);
    }

    /** Returns the suffix of the phrase book's section. */
    public String section(int count) {
        return count == 1 ? "several" : section;
    }
}
