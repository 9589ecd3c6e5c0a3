package org.sqltune.core.example;

/**
 * What some data sets tell about a question beside its schema.
 *
 * @param domain the field it is from, such as {@code healthcare}; empty if unknown
 * @param complexity how demanding its SQL is, in the data set's words, such as {@code single join}; empty if unknown
 */
public record QuestionContext(String domain, String complexity) {
    /** Nothing is known. */
    public static final QuestionContext NONE = new QuestionContext("", "");
}
