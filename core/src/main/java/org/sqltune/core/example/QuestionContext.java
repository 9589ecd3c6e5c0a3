package org.sqltune.core.example;

import java.util.List;

/**
 * Information on a question that some data sets have besides the schema.
 *
 * @param domain subject area, for example {@code healthcare}; empty if unknown
 * @param complexity complexity of the SQL in the data set's words, for example {@code single join}; empty if unknown
 * @param evidence knowledge needed for the answer, for example {@code revenue refers to price * quantity}; empty if
 *     none
 * @param values values of the database that the question seems to speak of; empty if none were looked for or found
 * @param knowledge what of the user's knowledge was chosen for the question
 */
public record QuestionContext(
        String domain, String complexity, String evidence, List<ValueLink> values, QuestionKnowledge knowledge) {
    /** A context whose fields are all empty. */
    public static final QuestionContext NONE = new QuestionContext("", "");

    public QuestionContext {
        values = List.copyOf(values);
    }

    /** Without values. */
    public QuestionContext(String domain, String complexity, String evidence) {
        this(domain, complexity, evidence, List.of(), QuestionKnowledge.NONE);
    }

    /** Without evidence and values. */
    public QuestionContext(String domain, String complexity) {
        this(domain, complexity, "");
    }

    /** Returns the context with other values. */
    public QuestionContext withValues(List<ValueLink> links) {
        return new QuestionContext(domain, complexity, evidence, links, knowledge);
    }

    /** Returns the context with other knowledge. */
    public QuestionContext withKnowledge(QuestionKnowledge other) {
        return new QuestionContext(domain, complexity, evidence, values, other);
    }
}
