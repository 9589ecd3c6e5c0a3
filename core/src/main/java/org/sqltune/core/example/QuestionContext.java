package org.sqltune.core.example;

/**
 * Information on a question that some data sets have besides the schema.
 *
 * @param domain subject area, for example {@code healthcare}; empty if unknown
 * @param complexity complexity of the SQL in the data set's words, for example {@code single join}; empty if unknown
 * @param evidence knowledge needed for the answer, for example {@code revenue refers to price * quantity}; empty if
 *     none
 */
public record QuestionContext(String domain, String complexity, String evidence) {
    /** A context whose fields are all empty. */
    public static final QuestionContext NONE = new QuestionContext("", "");

    /** Without evidence. */
    public QuestionContext(String domain, String complexity) {
        this(domain, complexity, "");
    }
}
