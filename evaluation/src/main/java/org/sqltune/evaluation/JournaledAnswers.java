package org.sqltune.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.progress.ProgressListener;

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
     * Returns the answers in the order of the questions. New answers are in the journal when this returns.
     *
     * @throws SqlTuneException if the predictor's answers don't belong to the questions
     */
    List<SqlPrediction> to(List<Example> examples, ProgressListener progress) {
        SqlPrediction[] answers = new SqlPrediction[examples.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            SqlPrediction known =
                    journal == null ? null : journal.answer(examples.get(i).id());
            if (known == null) {
                open.add(i);
            } else {
                answers[i] = known;
            }
        }
        if (!open.isEmpty()) {
            List<SqlPrediction> found = ask(open.stream().map(examples::get).toList(), progress);
            for (int i = 0; i < open.size(); i++) {
                answers[open.get(i)] = found.get(i);
            }
        }
        return List.of(answers);
    }

    private List<SqlPrediction> ask(List<Example> examples, ProgressListener progress) {
        List<SqlPrediction> found =
                predictor.predict(examples.stream().map(Example::toQuestion).toList(), progress);
        requireSameIds(examples, found);
        if (journal != null) {
            journal.add(found);
        }
        return found;
    }

    /** Throws unless there is one prediction for each example, in the same order. */
    static void requireSameIds(List<Example> examples, List<SqlPrediction> predictions) {
        if (predictions.size() != examples.size()) {
            throw new SqlTuneException(predictions.size() + " predictions for " + examples.size()
                    + " examples; there must be one for each, in the same order");
        }
        for (int i = 0; i < examples.size(); i++) {
            String expected = examples.get(i).id();
            String found = predictions.get(i).id();
            if (!found.equals(expected)) {
                throw new SqlTuneException("Prediction " + (i + 1) + " has the id \"" + found
                        + "\", but its example has \"" + expected + "\"; bring them into the same order");
            }
        }
    }
}
