package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.synthesis.invention.Sampler;

/** Natural questions to mix with the generated ones: all of them in turn, in a new order each round. */
final class BorrowedQuestions {
    private static final String BEFORE_QUESTION = "\nQuestion: ";

    private final List<List<PromptCompletion>> bySchema;
    private final int atOnce;
    private final Sampler random;
    private final List<List<PromptCompletion>> left = new ArrayList<>();

    /**
     * Groups questions by schema, which is the prompt's text before {@code Question:}.
     *
     * @param questions in any order
     * @param atOnce how many questions of one schema come together
     */
    BorrowedQuestions(List<PromptCompletion> questions, int atOnce, Sampler random) {
        Map<String, List<PromptCompletion>> sorted = new LinkedHashMap<>();
        questions.forEach(question -> sorted.computeIfAbsent(schema(question), key -> new ArrayList<>())
                .add(question));
        this.bySchema = List.copyOf(sorted.values());
        this.atOnce = atOnce;
        this.random = random;
    }

    private static String schema(PromptCompletion question) {
        int end = question.prompt().lastIndexOf(BEFORE_QUESTION);
        return end < 0 ? question.prompt() : question.prompt().substring(0, end);
    }

    boolean isEmpty() {
        return bySchema.isEmpty();
    }

    /** Returns the next group, all of one schema. */
    List<PromptCompletion> next() {
        if (left.isEmpty()) {
            bySchema.forEach(this::addInPieces);
            random.shuffle(left);
        }
        return left.remove(left.size() - 1);
    }

    private void addInPieces(List<PromptCompletion> ofOneSchema) {
        List<PromptCompletion> shuffled = new ArrayList<>(ofOneSchema);
        random.shuffle(shuffled);
        for (int start = 0; start < shuffled.size(); start += atOnce) {
            left.add(List.copyOf(shuffled.subList(start, Math.min(start + atOnce, shuffled.size()))));
        }
    }
}
