package org.sqltune.synthesis.invention;

/** The kind of a column's values, which determines its type and its phrasing in questions. */
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

    /** Returns the declared type of a column of this kind, in lower case. */
    public String type() {
        return type;
    }

    /** Returns whether sums and averages are meaningful. */
    public boolean isQuantity() {
        return switch (this) {
            case MONEY, COUNT, MEASURE, SCORE, AGE -> true;
            default -> false;
        };
    }

    /** Returns whether values compare with "more" and "less". */
    public boolean isOrdered() {
        return isQuantity() || this == DATE || this == YEAR;
    }

    /** Returns whether rows can be grouped by it. */
    public boolean isGroup() {
        return this == CATEGORY || this == PLACE || this == PERSON || this == YEAR;
    }

    /** Returns whether values are texts that are compared as a whole. */
    boolean isWords() {
        return switch (this) {
            case NAME, PERSON, PLACE, CATEGORY, CODE -> true;
            default -> false;
        };
    }
}
