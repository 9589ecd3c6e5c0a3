package org.sqltune.synthesis.invention;

/** What a column's values are, which decides its type and how questions speak of it. */
public enum InventedValueKind {
    /** The row's own number or a reference to another row. */
    KEY("integer"),
    NAME("text"),
    PERSON("text"),
    PLACE("text"),
    CATEGORY("text"),
    CODE("text"),
    TEXT("text"),
    DATE("text"),
    YEAR("integer"),
    MONEY("real"),
    COUNT("integer"),
    MEASURE("real"),
    SCORE("real"),
    AGE("integer");

    private final String type;

    InventedValueKind(String type) {
        this.type = type;
    }

    /** Returns the declared type of such a column, in lower case. */
    public String type() {
        return type;
    }

    /** Returns whether sums and averages of it mean something. */
    public boolean isQuantity() {
        return switch (this) {
            case MONEY, COUNT, MEASURE, SCORE, AGE -> true;
            default -> false;
        };
    }

    /** Returns whether it is compared with more and less. */
    public boolean isOrdered() {
        return isQuantity() || this == DATE || this == YEAR;
    }

    /** Returns whether rows fall into groups by it. */
    public boolean isGroup() {
        return this == CATEGORY || this == PLACE || this == PERSON || this == YEAR;
    }

    /** Returns whether it is compared with a whole text. */
    boolean isWords() {
        return switch (this) {
            case NAME, PERSON, PLACE, CATEGORY, CODE -> true;
            default -> false;
        };
    }
}
