package org.sqltune.synthesis.invention;

/**
 * A noun for the rows of a table.
 *
 * @param singular in snake case, {@code order_item}
 * @param plural in snake case, {@code order_items}
 */
public record Noun(String singular, String plural) {
    /** Returns the singular with spaces. */
    public String spokenSingular() {
        return spoken(singular);
    }

    /** Returns the plural with spaces. */
    public String spokenPlural() {
        return spoken(plural);
    }

    /** Returns a compound noun: {@code order} and {@code item} give {@code order_item}. */
    static Noun compound(Noun first, Noun second) {
        return new Noun(first.singular + "_" + second.singular, first.singular + "_" + second.plural);
    }

    /** Reads {@code child/children} or a regular {@code order}. */
    static Noun parse(String word) {
        int slash = word.indexOf('/');
        return slash < 0 ? regular(word) : new Noun(word.substring(0, slash), word.substring(slash + 1));
    }

    static Noun regular(String singular) {
        if (singular.matches(".*[^aeiou]y")) {
            return new Noun(singular, singular.substring(0, singular.length() - 1) + "ies");
        }
        boolean hisses = singular.matches(".*(s|x|z|ch|sh)");
        return new Noun(singular, singular + (hisses ? "es" : "s"));
    }

    /** Returns a snake case name with spaces. */
    static String spoken(String name) {
        return name.replace('_', ' ');
    }
}
