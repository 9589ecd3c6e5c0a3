package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlPredictor.AnswerListener;
import org.sqltune.core.schema.SchemaContent;

/** Answers questions from a journal where it has the answer, else by asking the predictor. */
final class JournaledAnswers {
    private final SqlPredictor predictor;
    /** Null to keep no answers. */
    private final @Nullable AnswerJournal journal;

    JournaledAnswers(SqlPredictor predictor, @Nullable AnswerJournal journal) {
        this.predictor = predictor;
        this.journal = journal;
    }

    /**
     * Hands over the answers as they come; new ones are in the journal then.
     *
     * @param listener receives each answer with its example's index
     * @throws SqlTuneException if the predictor's answers don't belong to the questions
     */
    void to(List<Example> examples, AnswerListener listener) {
        List<Integer> open = new ArrayList<>();
        for (int i : bySchema(examples)) {
            SqlPrediction known =
                    journal == null ? null : journal.answer(examples.get(i).id());
            if (known == null) {
                open.add(i);
            } else {
                listener.answered(i, known);
            }
        }
        if (!open.isEmpty()) {
            ask(examples, open, listener);
        }
    }

    private void ask(List<Example> examples, List<Integer> open, AnswerListener listener) {
        int[] answered = {0};
        predictor.predictEach(
                open.stream().map(place -> examples.get(place).toQuestion()).toList(), (asked, answer) -> {
                    if (asked >= open.size()) {
                        throw wrongNumber(asked + 1, open.size());
                    }
                    int place = open.get(asked);
                    requireSameId(place, examples.get(place), answer);
                    if (journal != null) {
                        journal.add(answer);
                    }
                    answered[0]++;
                    listener.answered(place, answer);
                });
        if (answered[0] != open.size()) {
            throw wrongNumber(answered[0], open.size());
        }
    }

    /** Returns the indices of the examples, those of one schema together, so that a predictor can share its work on it. */
    private static List<Integer> bySchema(List<Example> examples) {
        Map<Key, List<Integer>> places = new LinkedHashMap<>();
        IntStream.range(0, examples.size())
                .forEach(i -> places.computeIfAbsent(
                                new Key(
                                        examples.get(i).databaseId(),
                                        examples.get(i).schema()),
                                key -> new ArrayList<>())
                        .add(i));
        return places.values().stream().flatMap(List::stream).toList();
    }

    private record Key(String databaseId, SchemaContent schema) {}

    /** Throws unless there is one prediction for each example, in the same order. */
    static void requireSameIds(List<Example> examples, List<SqlPrediction> predictions) {
        if (predictions.size() != examples.size()) {
            throw wrongNumber(predictions.size(), examples.size());
        }
        for (int i = 0; i < examples.size(); i++) {
            requireSameId(i, examples.get(i), predictions.get(i));
        }
    }

    private static SqlTuneException wrongNumber(int predictions, int examples) {
        return new SqlTuneException(predictions + " predictions for " + examples
                + " examples; there must be one for each, in the same order");
    }

    private static void requireSameId(int place, Example example, SqlPrediction prediction) {
        if (!prediction.id().equals(example.id())) {
            throw new SqlTuneException("Prediction " + (place + 1) + " has the id \"" + prediction.id()
                    + "\", but its example has \"" + example.id() + "\"; bring them into the same order");
        }
    }
}
