package org.sqltune.core.example;

import java.util.List;

/**
 * What of the user's knowledge a prompt tells with a question.
 *
 * @param terms words of the question with their meanings, such as {@code turnover = orders.total}
 * @param examples questions like it, with their SQL, the most similar last
 * @param paragraphs parts of the documentation, a line each
 */
public record QuestionKnowledge(List<String> terms, List<SolvedQuestion> examples, List<String> paragraphs) {
    /** Nothing. */
    public static final QuestionKnowledge NONE = new QuestionKnowledge(List.of(), List.of(), List.of());

    /**
     * A question with its answer.
     *
     * @param question in natural language
     * @param sql its answer
     */
    public record SolvedQuestion(String question, String sql) {}

    public QuestionKnowledge {
        terms = List.copyOf(terms);
        examples = List.copyOf(examples);
        paragraphs = List.copyOf(paragraphs);
    }
}
