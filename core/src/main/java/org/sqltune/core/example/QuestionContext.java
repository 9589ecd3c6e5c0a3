package org.sqltune.core.example;

/**
 * What some data sets tell about a question beside its schema.
 *
 * @param domain the field it is from, such as {@code healthcare}; empty if unknown
 * @param complexity how demanding its SQL is, in the data set's words, such as {@code single join}; empty if unknown
 * @param evidence what one has to know to answer it, such as {@code revenue refers to price * quantity}; empty if nothing
 */
public record QuestionContext(String domain, String complexity, String evidence) {
    /** Nothing is known. */
    public static final QuestionContext NONE = new QuestionContext("", "");

    /** Without evidence. */
    public QuestionContext(String domain, String complexity) {
        this(domain, complexity, "");
    }
}
