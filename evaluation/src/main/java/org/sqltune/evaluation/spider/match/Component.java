package org.sqltune.evaluation.spider.match;

/** The ten parts of a query that exact set match compares. */
public enum Component {
    /** The select list, as a bag. */
    SELECT("select"),
    /** The select list without its functions. */
    SELECT_WITHOUT_AGGREGATES("select(no AGG)"),
    /** The comparisons of WHERE, as a bag. */
    WHERE("where"),
    /** The left sides in WHERE. */
    WHERE_WITHOUT_OPERATORS("where(no OP)"),
    /** The column names of GROUP BY, as a bag. */
    GROUP_WITHOUT_HAVING("group(no Having)"),
    /** The columns of GROUP BY in order, and HAVING. */
    GROUP("group"),
    /** ORDER BY, and whether there is a LIMIT. */
    ORDER("order"),
    /** Which of {@code and} and {@code or} occur in WHERE. */
    CONNECTIVES("and/or"),
    /** The queries after INTERSECT, UNION and EXCEPT. */
    SET_OPERATIONS("IUEN"),
    /** The keywords. */
    KEYWORDS("keywords");

    private final String label;

    Component(String label) {
        this.label = label;
    }

    /** Returns the official name. */
    public String label() {
        return label;
    }
}
